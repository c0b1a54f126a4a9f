import type {
  Environment,
  EnvironmentAllowed,
} from '@slipway/plugin-infra-scaffolder-common';
import { nameOfRef, OPERATION_WORDS } from '../shared/words';

/** Why an environment cannot be destroyed now, said to the person; undefined where it can. */
export function whyNotDestroy(
  environment: Environment & { allowed: EnvironmentAllowed },
): string | undefined {
  const { allowed, freeze, lease, activeRun, status, owner } = environment;
  if (status === 'destroyed') {
    return 'It is destroyed already.';
  }
  if (!allowed.destroy) {
    return `Only ${nameOfRef(owner)}, an SRE or an admin may destroy it.`;
  }
  if (activeRun) {
    return `${
      OPERATION_WORDS[activeRun.operation].doing
    } is at work, started by ${nameOfRef(
      activeRun.startedBy,
    )}. Wait for it, or cancel it.`;
  }
  if (freeze) {
    return `It is frozen by ${nameOfRef(freeze.by)}: ${freeze.reason}`;
  }
  return lease ? `${lease.by} works on it: ${lease.reason}` : undefined;
}
