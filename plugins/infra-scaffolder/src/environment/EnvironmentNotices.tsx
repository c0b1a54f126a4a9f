import Alert from '@mui/material/Alert';
import Stack from '@mui/material/Stack';
import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import { Age, Time, TextLink } from '@slipway/ui';
import { useLinks } from '../shared/useLinks';
import { nameOfRef, OPERATION_WORDS } from '../shared/words';

/** What a person should know before doing anything: a run at work, a freeze, a hold, stale data. */
export function EnvironmentNotices(props: {
  environment: Environment;
  stale: boolean;
}) {
  const { environment, stale } = props;
  const { activeRun, freeze, sleep, name, status } = environment;
  // Its own notice says who puts it to sleep or wakes it.
  const lease = sleep ? undefined : environment.lease;
  const failed = status === 'failed' && !activeRun;
  const links = useLinks();
  if (!stale && !activeRun && !freeze && !lease && !failed) {
    return null;
  }
  return (
    <Stack spacing={1}>
      {stale && (
        <Alert severity="warning" variant="outlined">
          The back end does not answer; what is shown may be old.
        </Alert>
      )}
      {failed && (
        <Alert severity="error" variant="outlined">
          {environment.statusReason}{' '}
          {environment.lastRunId && (
            <TextLink to={links.run(name, environment.lastRunId)}>
              Open the run
            </TextLink>
          )}
        </Alert>
      )}
      {activeRun && (
        <Alert severity="info" variant="outlined">
          {OPERATION_WORDS[activeRun.operation].doing} by{' '}
          {nameOfRef(activeRun.startedBy)} since <Age at={activeRun.since} />.{' '}
          <TextLink to={links.run(name, activeRun.runId)}>
            Look at the run
          </TextLink>
        </Alert>
      )}
      {freeze && (
        <Alert severity="warning" variant="outlined">
          Frozen by {nameOfRef(freeze.by)} since <Time at={freeze.since} />:{' '}
          {sentence(freeze.reason)} No run starts until it is lifted.
        </Alert>
      )}
      {lease && (
        <Alert severity="warning" variant="outlined">
          {lease.by} works on it since <Time at={lease.since} />:{' '}
          {sentence(lease.reason)} No run starts meanwhile.
        </Alert>
      )}
    </Stack>
  );
}

/** What a person wrote, with a full stop. */
function sentence(text: string): string {
  return /[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}
