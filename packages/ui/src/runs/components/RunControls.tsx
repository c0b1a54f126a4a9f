import PauseIcon from '@mui/icons-material/Pause';
import PlayIcon from '@mui/icons-material/PlayArrow';
import StopIcon from '@mui/icons-material/Stop';
import Button from '@mui/material/Button';
import type { RunState } from '@slipway/plugin-runs-common';

/**
 * Pause (or resume) and cancel, one click each, always in the same place; of a run that failed only cancel, which undoes
 * what it left; of one that is over nothing.
 *
 * @public
 */
export function RunControls(props: {
  state: RunState;
  /** A pause was asked for, and steps in flight go on to a safe point. */
  pauseRequested?: boolean;
  /** Why the person may not; the buttons say it. */
  denied?: string;
  busy?: boolean;
  onPause: () => void;
  onResume: () => void;
  onCancel: () => void;
}) {
  const { state, denied, busy, onPause, onResume, onCancel } = props;
  const paused = state === 'paused' || Boolean(props.pauseRequested);
  if (state === 'succeeded' || state === 'cancelled') {
    return null;
  }
  const off = Boolean(denied) || busy || state === 'cancelling';
  return (
    <>
      {state !== 'failed' && (
        <span title={denied}>
          <Button
            variant="outlined"
            size="medium"
            disabled={off || (!paused && state === 'waiting')}
            startIcon={paused ? <PlayIcon /> : <PauseIcon />}
            onClick={paused ? onResume : onPause}
            sx={{ minWidth: 110 }}
          >
            {paused ? 'Resume' : 'Pause'}
          </Button>
        </span>
      )}
      <span title={denied}>
        <Button
          variant="outlined"
          color="error"
          disabled={off}
          startIcon={<StopIcon />}
          onClick={onCancel}
          sx={{ minWidth: 110 }}
        >
          {state === 'cancelling' ? 'Cancelling' : 'Cancel'}
        </Button>
      </span>
    </>
  );
}
