import { ConflictError } from '@backstage/errors';
import type {
  Environment,
  Operation,
} from '@slipway/plugin-infra-scaffolder-common';

const DEEDS: Record<Operation, string> = {
  create: 'creating it',
  update: 'changing it',
  destroy: 'destroying it',
};

/** @throws ConflictError with who holds it, since when, and for what; where it is asleep too. */
export function assertFree(environment: Environment): void {
  assertUnheld(environment);
  const { name, sleep } = environment;
  if (sleep) {
    throw new ConflictError(
      `${name} is asleep since ${sleep.since}. Wake it first; it can be worked on once it is awake.`,
    );
  }
}

/** @throws ConflictError with who holds it; asleep or not. */
export function assertUnheld(environment: Environment): void {
  const { name, activeRun, lease } = environment;
  if (activeRun) {
    throw new ConflictError(
      `${name} is held by ${activeRun.startedBy} since ${activeRun.since}: ${
        DEEDS[activeRun.operation]
      } (run ${activeRun.runId}). Wait for that run to end, or cancel it.`,
    );
  }
  if (lease) {
    throw new ConflictError(
      `${name} is held by ${lease.by} since ${lease.since}: ${lease.reason}. It is free again when that ends, at ${lease.until} at the latest unless it is renewed.`,
    );
  }
}

/** @throws ConflictError where it has ended. */
export function assertLiving({ name, status }: Environment): void {
  if (status === 'destroyed' || status === 'cancelled') {
    throw new ConflictError(
      `${name} is ${status}; nothing more can be done to it. Create a new environment.`,
    );
  }
}
