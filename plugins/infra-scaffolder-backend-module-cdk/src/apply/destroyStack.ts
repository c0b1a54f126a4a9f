import type {
  AppliedEnvironment,
  PlannedArtifact,
  ProtectedDatabase,
} from '@slipway/plugin-infra-scaffolder-node';
import type { StepContext } from '@slipway/plugin-runs-node';
import type { StackEvent } from '../aws/types';
import { type Basis, busyFailure, isBusy, staleFailure } from '../plan/basis';
import { protectedDatabases } from '../plan/protection';
import { parseTemplate } from '../plan/template';
import { removeStack } from './removeStack';
import type { EngineWorld } from './world';

const NOTHING_LEFT: AppliedEnvironment = { outputs: {}, engineState: {} };

/** Deletes the stack and follows it until nothing of it is left. */
export async function destroyStack(
  ctx: StepContext,
  world: EngineWorld,
  artifact: PlannedArtifact,
  basis: Basis,
): Promise<AppliedEnvironment> {
  const { stackId } = basis;
  if (!stackId) {
    return NOTHING_LEFT;
  }
  if (!ctx.checkpoint?.destroying) {
    const start = await prepare(ctx, world, basis, stackId);
    if (start === 'gone') {
      return NOTHING_LEFT;
    }
  }
  const { total, since } = ctx.checkpoint?.destroying as {
    total: number;
    since?: string;
  };
  await removeStack(ctx, world, {
    name: 'DeleteStack',
    stackId,
    template: parseTemplate(artifact.body),
    since,
    total,
  });
  return NOTHING_LEFT;
}

/** Checks that the plan still holds, lifts what would refuse, and notes where the stack's history stands. */
async function prepare(
  ctx: StepContext,
  world: EngineWorld,
  basis: Basis,
  stackId: string,
): Promise<'gone' | 'ready'> {
  const { gateway } = world;
  const stack = await gateway.describeStack(stackId, ctx.signal);
  if (!stack || stack.status === 'DELETE_COMPLETE') {
    return 'gone';
  }
  // A retry finds what the try before it left: a delete that stopped, or one still going on.
  const ownDelete = ['DELETE_FAILED', 'DELETE_IN_PROGRESS'].includes(
    stack.status,
  );
  if (isBusy(stack.status) && !ownDelete) {
    throw busyFailure(stack);
  }
  if (!ownDelete && stack.lastUpdatedAt !== basis.lastUpdatedAt) {
    throw staleFailure(
      stack.name,
      `it was last changed at ${stack.lastUpdatedAt}`,
    );
  }
  const resources = (await gateway.listResources(stackId, ctx.signal)).filter(
    resource => resource.status !== 'DELETE_COMPLETE',
  );
  for (const database of await protectedDatabases(
    gateway,
    resources,
    ctx.signal,
  )) {
    await allowDeletion(ctx, world, database);
  }
  const events = await gateway.listEvents(stackId, undefined, ctx.signal);
  const since = (
    stack.status === 'DELETE_IN_PROGRESS'
      ? beforeLatestDelete(events, stackId)
      : events
  ).at(-1)?.id;
  await ctx.saveCheckpoint({
    ...ctx.checkpoint,
    destroying: { total: resources.length, ...(since && { since }) },
  });
  return 'ready';
}

function beforeLatestDelete(
  events: StackEvent[],
  stackId: string,
): StackEvent[] {
  const begun = events.findLastIndex(
    event =>
      event.physicalId === stackId && event.status === 'DELETE_IN_PROGRESS',
  );
  return events.slice(0, Math.max(begun, 0));
}

async function allowDeletion(
  ctx: StepContext,
  { gateway }: EngineWorld,
  database: ProtectedDatabase,
): Promise<void> {
  await ctx.call({
    name: `AllowDeletion:${database.logicalId}`,
    facts: { kind: database.kind, id: database.id },
    guard: {
      type: 'precondition',
      observe: async () =>
        (await gateway.isDeletionProtected(database))
          ? { done: false }
          : { done: true, result: {} },
    },
    execute: async () => {
      await gateway.allowDeletion(database);
      return {};
    },
  });
}
