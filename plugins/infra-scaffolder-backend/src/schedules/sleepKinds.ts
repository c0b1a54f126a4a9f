import { ConflictError } from '@backstage/errors';
import {
  isWantedUp,
  SLEEP_RUN_KINDS,
  type Environment,
} from '@slipway/plugin-infra-scaffolder-common';
import type { RunKind } from '@slipway/plugin-runs-node';
import type { FreezeGuard } from '../freezes/FreezeGuard';
import { assertLiving, assertUnheld } from '../services/assertFree';
import type { Announcer } from '../services/Announcer';
import { runPath } from '../services/paths';
import { assertUnfrozen } from './assertUnfrozen';
import {
  deedOf,
  holdForSleep,
  sleepInputsOf,
  type SleepStores,
} from './sleepRun';

/** A sleep is not tried again against a freeze, nor where it would only be woken; @throws ConflictError. */
async function assertMaySleep(
  freezes: FreezeGuard,
  environment: Environment,
): Promise<void> {
  const now = new Date();
  if (isWantedUp(environment, now)) {
    throw new ConflictError(
      `${environment.name} is meant to be up now; it is put to sleep again when it is time.`,
    );
  }
  await assertUnfrozen(freezes, environment, now);
}

/** The kinds of run that put environments to sleep and wake them; the end of a run lets go of its environment. */
export function sleepKinds(
  stores: SleepStores & { announcer: Announcer; freezes: FreezeGuard },
): RunKind[] {
  const { environments, schedules, activity, announcer, freezes } = stores;
  return Object.values(SLEEP_RUN_KINDS).map(kind => ({
    kind,
    async onSettled(run, state, tx) {
      const { environmentId, leaseId } = sleepInputsOf(run);
      const environment = await environments.lock(environmentId, tx);
      const at = new Date();
      if (environment.lease?.id === leaseId) {
        await environments.update(environmentId, { lease: null }, { at, tx });
      }
      if (environment.sleep?.runId !== run.id) {
        return;
      }
      if (state !== 'succeeded') {
        await schedules.failed(environmentId, at, tx);
      } else if (deedOf(run) === 'wake') {
        await schedules.update(
          environmentId,
          { sleep: null, slept: null, lookedAt: null, succeeded: true },
          tx,
        );
      } else {
        await schedules.update(
          environmentId,
          {
            sleep: { state: 'asleep', since: at, runId: run.id },
            lookedAt: at,
            succeeded: true,
          },
          tx,
        );
      }
      await activity.add(
        environmentId,
        {
          at,
          actor: run.createdBy,
          action: `run.${state}`,
          message: `${run.title}: ${state === 'succeeded' ? 'done' : state}.`,
          runId: run.id,
        },
        tx,
      );
      void tx.executionPromise?.then(
        async () => {
          await announcer.changed(environment, deedOf(run), run.id);
          if (state === 'failed') {
            await announcer.notifyAll([environment.owner], {
              except: [],
              title: `${run.title}: failed`,
              description: `It is tried again by itself. The run says what to mend.`,
              link: runPath(run.id),
              severity: 'high',
            });
          }
        },
        () => undefined,
      );
    },
    async beforeReopen(run, tx, command) {
      const { environmentId, leaseId } = sleepInputsOf(run);
      const environment = await environments.lock(environmentId, tx);
      assertLiving(environment);
      assertUnheld(environment);
      if (environment.sleep?.runId !== run.id) {
        throw new ConflictError(
          `${environment.name} was put to sleep or woken by a later run; this one cannot go on.`,
        );
      }
      if (deedOf(run) === 'sleep' && command.type !== 'cancel') {
        await assertMaySleep(freezes, environment);
      }
      await holdForSleep(stores, environment, run, leaseId, tx);
    },
  }));
}
