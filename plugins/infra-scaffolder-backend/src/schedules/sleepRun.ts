import { randomUUID } from 'node:crypto';
import { ConflictError } from '@backstage/errors';
import {
  SLEEP_RUN_KINDS,
  type Environment,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Run } from '@slipway/plugin-runs-common';
import type { NewRun, RunEngine } from '@slipway/plugin-runs-node';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import type { ActivityStore, EnvironmentStore } from '../database/types';
import { assertLiving, assertUnheld } from '../services/assertFree';
import { subjectOf } from '../services/environmentRun';
import type { ScheduleStore } from './types';

export type SleepDeed = keyof typeof SLEEP_RUN_KINDS;

export type SleepRunInputs = {
  environmentId: string;
  environmentName: string;
  leaseId: string;
};

export const SLEEP_STEPS = {
  look: { id: 'look', type: 'infra.sleep-look' },
  stop: { id: 'stop', type: 'infra.sleep-stop' },
  start: { id: 'start', type: 'infra.wake-start' },
} as const;

const LOOK_TIMEOUT_SECONDS = 5 * 60;
const ORDER_TIMEOUT_SECONDS = 90 * 60;
/** Longer than the steps may take, and not for ever where the run is lost. */
const LEASE_MS = 2 * 60 * 60_000;

export interface SleepStores {
  environments: EnvironmentStore;
  activity: ActivityStore;
  schedules: ScheduleStore;
  runs: RunEngine;
}

export function sleepInputsOf(run: { inputs: JsonObject }): SleepRunInputs {
  return run.inputs as SleepRunInputs;
}

export function deedOf({ kind }: { kind: string }): SleepDeed {
  return kind === SLEEP_RUN_KINDS.wake ? 'wake' : 'sleep';
}

function runOf(
  environment: Environment,
  deed: SleepDeed,
  leaseId: string,
  createdBy: string,
): NewRun {
  const { id, name } = environment;
  const inputs: SleepRunInputs = {
    environmentId: id,
    environmentName: name,
    leaseId,
  };
  return {
    kind: SLEEP_RUN_KINDS[deed],
    title: deed === 'sleep' ? `Put ${name} to sleep` : `Wake ${name}`,
    subject: subjectOf(id),
    createdBy,
    inputs,
    steps:
      deed === 'sleep'
        ? [
            {
              ...SLEEP_STEPS.look,
              title: 'Look at what runs',
              skippable: false,
              timeoutSeconds: LOOK_TIMEOUT_SECONDS,
            },
            {
              ...SLEEP_STEPS.stop,
              title: 'Stop it',
              skippable: false,
              dependsOn: ['look'],
              timeoutSeconds: ORDER_TIMEOUT_SECONDS,
            },
          ]
        : [
            {
              ...SLEEP_STEPS.start,
              title: 'Start what was stopped',
              skippable: false,
              timeoutSeconds: ORDER_TIMEOUT_SECONDS,
            },
          ],
  };
}

/** Takes the environment for a run that puts it to sleep or wakes it. */
export async function holdForSleep(
  { environments, schedules }: SleepStores,
  environment: Environment,
  run: Pick<Run, 'id' | 'kind' | 'createdBy'>,
  leaseId: string,
  tx: Knex.Transaction,
): Promise<void> {
  const at = new Date();
  const isSleep = deedOf(run) === 'sleep';
  await environments.update(
    environment.id,
    {
      lease: {
        id: leaseId,
        by: run.createdBy,
        reason: isSleep ? 'putting it to sleep' : 'waking it',
        since: at,
        until: new Date(at.getTime() + LEASE_MS),
      },
    },
    { at, tx },
  );
  const { sleep } = environment;
  await schedules.update(
    environment.id,
    {
      // What is made up for is over where the other deed begins.
      ...(sleep &&
        (sleep.state === 'waking') === isSleep && { succeeded: true }),
      sleep: {
        state: isSleep ? 'falling-asleep' : 'waking',
        since: at,
        runId: run.id,
      },
    },
    tx,
  );
}

/**
 * Starts a run that puts an environment to sleep or wakes it, in the transaction in which the caller has locked it.
 *
 * @throws ConflictError where it has ended, is not ready, or something else is at work on it.
 */
export async function startSleepRun(
  stores: SleepStores,
  options: {
    environment: Environment;
    deed: SleepDeed;
    actor: string;
    message: string;
    tx: Knex.Transaction;
  },
): Promise<Run> {
  const { environment, deed, actor, message, tx } = options;
  assertLiving(environment);
  assertUnheld(environment);
  if (deed === 'sleep' && environment.status !== 'ready') {
    throw new ConflictError(
      `${environment.name} is ${environment.status}; only what is ready is put to sleep.`,
    );
  }
  const leaseId = randomUUID();
  const run = await stores.runs.create(
    runOf(environment, deed, leaseId, actor),
    tx,
  );
  await holdForSleep(stores, environment, run, leaseId, tx);
  await stores.activity.add(
    environment.id,
    {
      at: new Date(),
      actor,
      action: `environment.${deed}`,
      message,
      runId: run.id,
    },
    tx,
  );
  return run;
}
