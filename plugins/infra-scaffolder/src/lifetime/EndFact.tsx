import Button from '@mui/material/Button';
import type {
  Environment,
  EnvironmentAllowed,
} from '@slipway/plugin-infra-scaffolder-common';
import { describeError, Time } from '@slipway/ui';
import { dayOf } from './endWords';
import { useExtend } from './useExtend';

/** When an environment ends, with one click to a later day. */
export function EndFact(props: {
  environment: Environment & { allowed: EnvironmentAllowed };
  onChange: () => void;
}) {
  const { environment, onChange } = props;
  const { expiresAt, allowed, activeRun, status } = environment;
  const { until, busy, error, extend } = useExtend(environment, onChange);
  if (!expiresAt) {
    return <>not by itself</>;
  }
  const isLiving = !['destroyed', 'cancelled', 'destroying'].includes(status);
  return (
    <>
      <Time at={expiresAt} />
      {isLiving && !activeRun && allowed.update && until && (
        <Button
          size="small"
          disabled={busy}
          onClick={extend}
          sx={{ display: 'block', minWidth: 0, px: 0.5, mx: -0.5, py: 0 }}
        >
          Extend to {dayOf(until)}
        </Button>
      )}
      {error && (
        <div role="alert">
          It was not extended: {describeError(error).message}
        </div>
      )}
    </>
  );
}
