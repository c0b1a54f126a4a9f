import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type {
  Environment,
  EnvironmentAllowed,
} from '@slipway/plugin-infra-scaffolder-common';
import { describeError, formatDuration, Time, useNow } from '@slipway/ui';
import { nameOfRef } from '../shared/words';
import { dayOf } from './endWords';
import { useExtend } from './useExtend';

/** From when on an end is pressing: the first warning goes out then. */
const SOON_MS = 72 * 3_600_000;
const ENDED = ['destroyed', 'cancelled', 'destroying'];

/** Says that an environment ends soon, or is held up past its end, and extends it by one click; nothing otherwise. */
export function EndNotice(props: {
  environment: Environment & { allowed: EnvironmentAllowed };
  onChange: () => void;
}) {
  const { environment, onChange } = props;
  const { expiresAt, expiry, status, allowed, owner } = environment;
  const now = useNow({ everyMs: 30_000 });
  const { until, busy, error, extend } = useExtend(environment, onChange);
  if (!expiresAt || !expiry || ENDED.includes(status)) {
    return null;
  }
  const leftMs = Date.parse(expiresAt) - now;
  if (leftMs > SOON_MS) {
    return null;
  }
  return (
    <Alert severity={leftMs > 0 ? 'warning' : 'error'} variant="outlined">
      <EndSentence environment={environment} leftMs={leftMs} />
      {!allowed.update &&
        ` Only ${nameOfRef(owner)}, an SRE or an admin may extend it.`}
      <Box sx={{ color: 'text.secondary', mt: 0.5 }}>
        {nameOfRef(expiry.consent.by)} agreed on {dayOf(expiry.consent.at)}: “
        {expiry.consent.words}”
      </Box>
      {allowed.update && until && (
        <Button
          size="small"
          color="inherit"
          variant="outlined"
          disabled={busy}
          onClick={extend}
          sx={{ display: 'block', mt: 1 }}
        >
          Extend to {dayOf(until)}
        </Button>
      )}
      {error && (
        <Box role="alert" sx={{ mt: 0.5 }}>
          It was not extended: {describeError(error).message}
        </Box>
      )}
    </Alert>
  );
}

function EndSentence(props: { environment: Environment; leftMs: number }) {
  const { environment, leftMs } = props;
  const { name, expiresAt, expiry } = environment;
  if (leftMs > 0) {
    return (
      <>
        {name} is destroyed in {formatDuration(leftMs)}, on{' '}
        <Time at={expiresAt!} />.
      </>
    );
  }
  if (expiry!.heldUpBy) {
    return (
      <>
        {name} has reached its end and is destroyed once nothing holds it up.{' '}
        {expiry!.heldUpBy}
      </>
    );
  }
  if (expiry!.retryAt) {
    return (
      <>
        {name} has reached its end. Its destroy did not come off and is tried
        again on <Time at={expiry!.retryAt} />.
      </>
    );
  }
  return (
    <>
      {name} has reached its end, <Time at={expiresAt!} />, and is destroyed
      shortly.
    </>
  );
}
