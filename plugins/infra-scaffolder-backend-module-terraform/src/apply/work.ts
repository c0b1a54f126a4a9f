import type { JsonObject } from '@backstage/types';
import type { Operation } from '@slipway/plugin-infra-scaffolder-common';
import type { StepContext } from '@slipway/plugin-runs-node';
import { diagnosticFailure } from '../plan/failures';
import { PLAN_FILE } from '../plan/runPlan';
import type { Workspace } from '../workspace/Workspace';
import type { EngineWorld } from '../world';
import { followWorker, type WorkerEnd } from '../worker/followWorker';
import { launchWorker, type Worker } from '../worker/launchWorker';
import { machine } from '../worker/processIdentity';
import { settleWorker } from './settleWorker';
import { Teller, type Told } from './tell';

/** What a piece of work is to do, decided when it is about to begin. */
export interface Preparation {
  /** How many resources the plan touches that is {@link PLAN_FILE} in the workspace now. */
  total: number;
}

/**
 * One journalled piece of work that changes AWS through Terraform. Terraform cannot be taken up again, so whoever finds
 * that it was begun before waits until that process is proven gone, and then prepares anew from what there is.
 */
export async function workOn(
  ctx: StepContext,
  world: EngineWorld,
  options: {
    /** Of the journal entry. */
    name: string;
    facts: JsonObject;
    operation: Operation;
    planSha256: string;
    /** In place of the blueprint's code as it is installed now. */
    code?: (earlier: Worker | undefined) => Promise<Buffer>;
    prepare: (
      workspace: Workspace,
      earlier: Worker | undefined,
    ) => Promise<Preparation>;
  },
): Promise<void> {
  const { name, facts, operation, planSha256 } = options;
  const workers = world.workers;
  const earlierOfThisRun = async () => {
    const earlier = await workers.read(ctx.signal);
    return earlier?.runId === ctx.run.id ? earlier : undefined;
  };
  await ctx.call({
    name,
    facts: { ...facts, ...(await machine()) },
    guard: {
      type: 'name',
      observe: async () => {
        const earlier = await earlierOfThisRun();
        const end = earlier && (await settleWorker(ctx, world, earlier));
        return end?.isComplete && earlier?.planSha256 === planSha256
          ? { done: true, result: {} }
          : { done: false };
      },
    },
    execute: async () => {
      const earlier = await earlierOfThisRun();
      if (earlier) {
        await settleWorker(ctx, world, earlier);
      }
      const work = async (workspace: Workspace) => {
        const { total } = await options.prepare(workspace, earlier);
        const end = await perform(ctx, world, workspace, {
          operation,
          planSha256,
          total,
        });
        ctx.signal.throwIfAborted();
        if (!end.isComplete) {
          throw diagnosticFailure(
            'apply the plan',
            end.diagnostics,
            end.stderr,
          );
        }
      };
      const { code } = options;
      await world.inWorkspace(ctx, work, code && (() => code(earlier)));
      return {};
    },
  });
}

async function perform(
  ctx: StepContext,
  world: EngineWorld,
  workspace: Workspace,
  {
    operation,
    planSha256,
    total,
  }: { operation: Operation; planSha256: string; total: number },
): Promise<WorkerEnd> {
  const gated = await launchWorker(workspace, [
    'apply',
    '-json',
    '-input=false',
    PLAN_FILE,
  ]);
  const worker: Worker = {
    process: gated.process,
    runId: ctx.run.id,
    operation,
    planSha256,
    launchedAt: new Date().toISOString(),
    folder: workspace.folder,
    ...(workspace.credentialsUntil && {
      credentialsUntil: workspace.credentialsUntil.toISOString(),
    }),
  };
  const told: Told = { worker, offset: 0, done: 0, startedAt: {} };
  try {
    await world.workers.write(worker);
    await ctx.saveCheckpoint({ ...ctx.checkpoint, told: { ...told } });
    await ctx.progress({ done: 0, total, unit: 'resources' });
    ctx.signal.throwIfAborted();
  } catch (error) {
    gated.abandon();
    throw error;
  }
  workspace.isInUse = true;
  gated.go();
  const teller = Teller.create({
    ctx,
    region: world.environment.region,
    total,
    told,
  });
  const end = await followWorker(worker, {
    offset: 0,
    signal: ctx.signal,
    endSeconds: world.settings.endSeconds,
    onLines: (lines, offset) => teller.tell(lines, offset),
  });
  workspace.isInUse = false;
  if (end.isComplete) {
    await world.workers.write({ ...worker, isComplete: true });
  }
  return end;
}
