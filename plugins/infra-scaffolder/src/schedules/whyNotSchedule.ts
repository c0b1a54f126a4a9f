import type {
  Environment,
  EnvironmentAllowed,
} from '@slipway/plugin-infra-scaffolder-common';
import { nameOfRef } from '../shared/words';

type Held = Environment & { allowed: EnvironmentAllowed };

const ENDED = ['destroyed', 'cancelled', 'destroying'];

/** Why the schedule of an environment cannot be changed, said to the person; undefined where it can. */
export function whyNotSchedule(environment: Held): string | undefined {
  const { allowed, owner, status } = environment;
  if (ENDED.includes(status)) {
    return `It is ${status}.`;
  }
  return allowed.schedule
    ? undefined
    : `Only ${nameOfRef(owner)}, an SRE or an admin may schedule it.`;
}

/** Why it cannot be put to sleep now; undefined where it can. */
export function whyNotSleep(environment: Held): string | undefined {
  const { sleep, activeRun, freeze, lease, status } = environment;
  const denied = whyNotSchedule(environment);
  if (denied) {
    return denied;
  }
  if (sleep) {
    return {
      asleep: 'It is asleep.',
      'falling-asleep': 'It is falling asleep.',
      waking: 'It is waking up. Wait until it is awake.',
    }[sleep.state];
  }
  if (activeRun) {
    return 'A run is at work on it. Wait for it, or cancel it.';
  }
  if (freeze) {
    return `It is frozen: ${freeze.reason}`;
  }
  if (lease) {
    return `${nameOfRef(lease.by)} works on it: ${lease.reason}`;
  }
  return status === 'ready'
    ? undefined
    : `It is ${status}; only what is ready is put to sleep.`;
}
