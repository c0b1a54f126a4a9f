import { useApi } from '@backstage/frontend-plugin-api';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type {
  Environment,
  EnvironmentAllowed,
  EnvironmentSleep,
} from '@slipway/plugin-infra-scaffolder-common';
import { describeError, formatCount, TextLink, Time } from '@slipway/ui';
import { useState } from 'react';
import { scheduleApiRef } from '../api';
import { useLinks } from '../shared/useLinks';
import { TurnWords } from './TurnWords';

/** How long a click keeps it awake. */
const AWAKE_HOURS = 4;

interface Props {
  environment: Environment & { allowed: EnvironmentAllowed };
  onChange: () => void;
}

/** Says that an environment sleeps, until when, and wakes it by one click; or what keeps it from sleeping. */
export function SleepNotice({ environment, onChange }: Props) {
  const { name, sleep, schedule } = environment;
  if (sleep) {
    return (
      <Asleep environment={environment} sleep={sleep} onChange={onChange} />
    );
  }
  return schedule?.heldUpBy ? (
    <Alert severity="warning" variant="outlined">
      It is time to put {name} to sleep, but that is held up.{' '}
      {schedule.heldUpBy}
    </Alert>
  ) : null;
}

function Asleep(props: Props & { sleep: EnvironmentSleep }) {
  const { environment, sleep, onChange } = props;
  const { id, name, schedule, allowed, lease } = environment;
  const api = useApi(scheduleApiRef);
  const links = useLinks();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
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
  const override = schedule?.override;
  const isToBeWoken = override?.up && Date.parse(override.until) > Date.now();
  return (
    <Alert severity="info" variant="outlined">
      <State name={name} sleep={sleep} />
      {sleep.state === 'asleep' && schedule && (
        <>
          {' '}
          It <TurnWords environment={environment} />.
        </>
      )}
      {sleep.state === 'falling-asleep' &&
        isToBeWoken &&
        ' It is woken as soon as it sleeps.'}
      {schedule?.heldUpBy && ` Held up: ${schedule.heldUpBy}`}
      {sleep.retryAt && (
        <>
          {' '}
          The last try failed; the next is on <Time at={sleep.retryAt} />.
        </>
      )}{' '}
      <TextLink to={links.run(name, sleep.runId)}>
        {lease ? 'Look at the run' : 'Its last run'}
      </TextLink>
      {allowed.schedule &&
        schedule &&
        sleep.state !== 'waking' &&
        !isToBeWoken && (
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

function State({ name, sleep }: { name: string; sleep: EnvironmentSleep }) {
  const { state, since, slept } = sleep;
  switch (state) {
    case 'waking':
      return (
        <>
          {name} is waking up since <Time at={since} />; a database takes some
          minutes.
        </>
      );
    case 'falling-asleep':
      return (
        <>
          {name} is falling asleep since <Time at={since} />.
        </>
      );
    default:
      return (
        <>
          {name} is asleep since <Time at={since} />:{' '}
          {formatCount(slept.length, 'resource')} of it{' '}
          {slept.length === 1 ? 'is' : 'are'} stopped.
        </>
      );
  }
}
