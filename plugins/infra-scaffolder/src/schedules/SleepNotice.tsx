import { useApi } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import {
  nextWake,
  type Environment,
  type EnvironmentAllowed,
  type EnvironmentSleep,
} from '@slipway/plugin-infra-scaffolder-common';
import { describeError, Time } from '@slipway/ui';
import { useState } from 'react';
import { scheduleApiRef } from '../api';

/** How long a click keeps it awake. */
const AWAKE_HOURS = 4;

interface Props {
  environment: Environment & { allowed: EnvironmentAllowed };
  onChange: () => void;
}

/** Says that an environment sleeps, until when, and wakes it by one click; nothing while it is awake. */
export function SleepNotice({ environment, onChange }: Props) {
  const { sleep } = environment;
  return (
    sleep && (
      <Asleep environment={environment} sleep={sleep} onChange={onChange} />
    )
  );
}

function Asleep(props: Props & { sleep: EnvironmentSleep }) {
  const { environment, sleep, onChange } = props;
  const { id, name, schedule, allowed } = environment;
  const api = useApi(scheduleApiRef);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const wakes = schedule && nextWake(schedule.hours, new Date());
  const wake = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await api.wakeNow(id, AWAKE_HOURS);
      onChange();
    } catch (thrown) {
      setError(thrown as Error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Alert severity="info" variant="outlined">
      {sleep.state === 'waking' ? (
        <>{name} is waking up; a database takes some minutes.</>
      ) : (
        <>
          {name} {sleep.state === 'asleep' ? 'sleeps' : 'is falling asleep'}{' '}
          since <Time at={sleep.since} />: {sleep.slept.length} of its resources
          are stopped.
          {wakes && (
            <>
              {' '}
              Its schedule wakes it on <Time at={wakes.toISOString()} />.
            </>
          )}
        </>
      )}
      {schedule?.heldUpBy && ` Held up: ${schedule.heldUpBy}`}
      {sleep.retryAt && (
        <>
          {' '}
          The last try failed; the next is on <Time at={sleep.retryAt} />.
        </>
      )}
      {allowed.update && schedule && sleep.state === 'asleep' && (
        <Button
          size="small"
          color="inherit"
          variant="outlined"
          disabled={busy}
          onClick={wake}
          sx={{ display: 'block', mt: 1 }}
        >
          Wake it for {AWAKE_HOURS} hours
        </Button>
      )}
      {error && (
        <Box role="alert" sx={{ mt: 0.5 }}>
          It was not woken: {describeError(error).message}
        </Box>
      )}
    </Alert>
  );
}
