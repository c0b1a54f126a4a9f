import { ConflictError } from '@backstage/errors';
import {
  EXPIRY_ACTOR,
  INFRA_RUN_KINDS,
  type Environment,
} from '@slipway/plugin-infra-scaffolder-common';
import type {
  Run,
  RunCommand,
  SettledRunState,
} from '@slipway/plugin-runs-common';
import type { RunKind } from '@slipway/plugin-runs-node';
import type { Knex } from 'knex';
import type { EnvironmentPatch } from '../database/types';
import { refusalOfOwnFreeze, refuseRequest } from '../freezes/refusal';
import { assertFree, assertLiving } from '../services/assertFree';
import { describeUpdate } from '../services/describeUpdate';
import { inputsOf, STEPS } from '../services/environmentRun';
import { runPath } from '../services/paths';
import { plannedHash } from '../services/plannedHash';
import { STATUS_WHILE_APPLYING } from './applyStep';
import type { ConfirmOutput, StepServices } from './context';
import { estimateOf } from './recordStep';
import { settle, type Settlement } from './settle';

const NOTICES: Record<SettledRunState, string> = {
  succeeded: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
};

function patchOf(
  run: Run,
  state: SettledRunState,
  { status, reason }: Settlement,
  at: Date,
  end: EnvironmentPatch['end'],
): EnvironmentPatch {
  const { desired, operation, partnerId } = inputsOf(run);
  return {
    activeRun: null,
    undo: null,
    status,
    statusReason: reason ?? null,
    ...(state === 'succeeded' &&
      operation === 'update' && {
        ...desired,
        end,
        partnerId: partnerId ?? null,
      }),
    ...(status === 'ready' && operation === 'create' && { readyAt: at }),
    ...(status === 'destroyed' && { destroyedAt: at, outputs: [] }),
  };
}

/**
 * The kinds of run that work on environments. The end of a run and what it means for its environment are written in one
 * transaction, and so are the reopening of a run and its hold on the environment.
 */
export function runKinds(services: StepServices): RunKind[] {
  const { environments, activity, announcer, heldAmounts } = services;

  function doneMessage(
    environment: Environment,
    run: Run,
    state: SettledRunState,
  ): string {
    const { operation, desired, purpose } = inputsOf(run);
    if (
      state !== 'succeeded' ||
      operation !== 'update' ||
      purpose?.kind === 'revert-drift'
    ) {
      return `${run.title}: ${NOTICES[state]}.`;
    }
    const what = describeUpdate(
      environment,
      desired,
      (id, version) => services.blueprints.find(id, version)?.blueprint,
    );
    return `Changed ${environment.name}: ${what}.`;
  }

  /** As the plan that was confirmed said, unless it was extended to something sooner meanwhile. */
  async function endOf(
    environment: Environment,
    run: Run,
    at: Date,
  ): Promise<EnvironmentPatch['end']> {
    const hash =
      inputsOf(run).operation === 'update' ? plannedHash(run) : undefined;
    const stored = hash && (await services.plans.find(run.id, hash));
    const planned = stored ? stored.plan.expiry : undefined;
    if (!planned) {
      return undefined;
    }
    const { at: end, words } = planned;
    if (!end) {
      return null;
    }
    const { expiresAt } = environment;
    if (expiresAt && expiresAt <= end) {
      return undefined;
    }
    const confirm = run.steps.find(step => step.id === STEPS.confirm.id);
    const { confirmedBy } = (confirm?.output ?? {}) as Partial<ConfirmOutput>;
    return {
      at: new Date(end),
      setAt: at,
      consent: {
        by: confirmedBy ?? run.createdBy,
        at: confirm?.endedAt ?? at.toISOString(),
        words,
      },
    };
  }

  /** What was applied costs what its plan said, also where recording it was skipped. */
  async function unrecordedEstimate(
    run: Run,
    state: SettledRunState,
  ): Promise<EnvironmentPatch['estimate']> {
    const record = run.steps.find(step => step.id === STEPS.record.id);
    const hash = plannedHash(run);
    return state === 'succeeded' && record?.state === 'skipped' && hash
      ? estimateOf((await services.plans.find(run.id, hash))?.plan)
      : undefined;
  }

  /**
   * What was applied is what it costs, whatever runs before may have left. What was given up and is undone frees its own
   * amount; what failed, or was given up half way, may be there in part and keeps it.
   */
  async function release(
    environmentId: string,
    runId: string,
    state: SettledRunState,
    { status }: Settlement,
    tx: Knex.Transaction,
  ): Promise<void> {
    if (state === 'succeeded') {
      await heldAmounts.releaseAll(environmentId, tx);
    } else if (state === 'cancelled' && status !== 'failed') {
      await heldAmounts.release(environmentId, runId, tx);
    }
  }

  async function announce(
    environment: Environment,
    run: Run,
    state: SettledRunState,
    { status, reason }: Settlement,
  ) {
    await announcer.changed(environment, status ?? environment.status, run.id);
    const told =
      run.createdBy === EXPIRY_ACTOR
        ? [...new Set([environment.owner, environment.createdBy])]
        : [run.createdBy];
    await announcer.notifyAll(told, {
      except: [],
      title: `${run.title}: ${NOTICES[state]}`,
      description: reason ?? `${environment.name} is ${status}.`,
      link: runPath(run.id),
      severity: state === 'failed' ? 'high' : 'normal',
    });
  }

  async function onSettled(
    run: Run,
    state: SettledRunState,
    tx: Knex.Transaction,
  ): Promise<void> {
    const environment = await environments.lock(
      inputsOf(run).environmentId,
      tx,
    );
    if (environment.activeRun?.runId !== run.id) {
      return;
    }
    const at = new Date();
    const { purpose } = inputsOf(run);
    const settlement = settle(run, state, {
      undo: await environments.undoOf(environment.id, tx),
      hasBegun: await services.plans.hasBegun(run.id, tx),
    });
    await environments.update(
      environment.id,
      {
        ...patchOf(
          run,
          state,
          settlement,
          at,
          await endOf(environment, run, at),
        ),
        estimate: await unrecordedEstimate(run, state),
      },
      { at, tx },
    );
    await release(environment.id, run.id, state, settlement, tx);
    await activity.add(
      environment.id,
      {
        at,
        actor: run.createdBy,
        action: `run.${state}`,
        message: settlement.reason ?? doneMessage(environment, run, state),
        runId: run.id,
      },
      tx,
    );
    if (purpose?.kind === 'expiry' && state !== 'succeeded') {
      await services.lifetimes.failed(environment.id, at, tx);
    }
    void tx.executionPromise?.then(
      () => announce(environment, run, state, settlement),
      () => undefined,
    );
  }

  async function beforeReopen(
    run: Run,
    tx: Knex.Transaction,
    command: RunCommand,
  ): Promise<void> {
    const { environmentId, operation } = inputsOf(run);
    const environment = await environments.lock(environmentId, tx);
    assertLiving(environment);
    assertFree(environment);
    if (environment.lastRunId !== run.id) {
      throw new ConflictError(
        `${environment.name} was worked on by a later run, ${environment.lastRunId}; this one cannot go on. Retry that one, or begin again.`,
      );
    }
    const hasBegun = await services.plans.hasBegun(run.id, tx);
    // Where nothing was begun in AWS there is nothing to undo, so giving it up changes nothing that is frozen.
    if (command.type !== 'cancel' || hasBegun) {
      refuseRequest(refusalOfOwnFreeze(environment));
    }
    const at = new Date();
    const status = operation === 'create' ? 'planning' : undefined;
    await environments.update(
      environmentId,
      {
        activeRun: {
          runId: run.id,
          operation,
          startedBy: run.createdBy,
          since: at,
        },
        status: hasBegun ? STATUS_WHILE_APPLYING[operation] : status,
        statusReason: null,
      },
      { at, tx },
    );
  }

  return Object.values(INFRA_RUN_KINDS).map(kind => ({
    kind,
    onSettled,
    beforeReopen,
  }));
}
