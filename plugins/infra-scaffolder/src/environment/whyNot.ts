import type {
  Environment,
  EnvironmentAllowed,
} from '@slipway/plugin-infra-scaffolder-common';
import { formatLocalTime } from '@slipway/ui';
import { nameOfRef, OPERATION_WORDS } from '../shared/words';

type Held = Environment & { allowed: EnvironmentAllowed };

/** Why an environment cannot be destroyed now, said to the person; undefined where it can. */
export function whyNotDestroy(environment: Held): string | undefined {
  const { allowed, status, owner } = environment;
  if (status === 'destroyed') {
    return 'It is destroyed already.';
  }
  return allowed.destroy
    ? whyHeld(environment)
    : `Only ${nameOfRef(owner)}, an SRE or an admin may destroy it.`;
}

/** Why an environment cannot be changed now, said to the person; undefined where it can. */
export function whyNotChange(environment: Held): string | undefined {
  const { allowed, status, owner, readyAt } = environment;
  if (status === 'destroyed' || status === 'cancelled') {
    return `It is ${status}; nothing of it exists.`;
  }
  if (!allowed.update) {
    return `Only ${nameOfRef(owner)}, an SRE or an admin may change it.`;
  }
  return (
    whyHeld(environment) ??
    (readyAt
      ? undefined
      : 'It was never ready, so there is nothing to change. Retry its last run, or destroy it.')
  );
}

function whyHeld({
  activeRun,
  freeze,
  lease,
  sleep,
}: Held): string | undefined {
  if (activeRun) {
    return `${
      OPERATION_WORDS[activeRun.operation].doing
    } is at work, started by ${nameOfRef(
      activeRun.startedBy,
    )} since ${formatLocalTime(activeRun.since)}. Wait for it, or cancel it.`;
  }
  if (freeze) {
    return `It is frozen by ${nameOfRef(freeze.by)}: ${freeze.reason}`;
  }
  if (sleep) {
    return sleep.state === 'waking'
      ? 'It is waking up. Wait until it is awake.'
      : 'It is asleep. Wake it first.';
  }
  return lease ? `${lease.by} works on it: ${lease.reason}` : undefined;
}
