import Button from '@mui/material/Button';
import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import type { Run, RunCommand } from '@slipway/plugin-runs-common';
import { RunControls } from '@slipway/ui';
import { Link } from 'react-router-dom';
import { useLinks } from '../shared/useLinks';

/** Pause and cancel, and the way on once the run has succeeded. */
export function RunActions(props: {
  run: Run;
  environment: Environment;
  denied?: string;
  busy: boolean;
  onCommand: (command: Exclude<RunCommand, { type: 'signal' }>) => void;
}) {
  const { run, environment, denied, busy, onCommand } = props;
  const links = useLinks();
  return (
    <>
      <RunControls
        state={run.state}
        pauseRequested={run.pauseRequested}
        denied={denied}
        busy={busy}
        onPause={() => onCommand({ type: 'pause' })}
        onResume={() => onCommand({ type: 'resume' })}
        onCancel={() => onCommand({ type: 'cancel' })}
      />
      {run.state === 'succeeded' && (
        <Button
          component={Link}
          to={links.environment(environment.name)}
          variant="contained"
          disableElevation
        >
          Open {environment.name}
        </Button>
      )}
    </>
  );
}
