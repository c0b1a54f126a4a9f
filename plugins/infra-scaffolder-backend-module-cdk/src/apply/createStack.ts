import type { JsonObject } from '@backstage/types';
import {
  environmentTags,
  type AppliedEnvironment,
  type PlannedArtifact,
} from '@slipway/plugin-infra-scaffolder-node';
import type { StepContext } from '@slipway/plugin-runs-node';
import type { Stack } from '../aws/types';
import { isBusy, isLeftOver, requireOurs, staleFailure } from '../plan/basis';
import { stackNameOf } from '../plan/naming';
import { countResources, parseTemplate, resourcePaths } from '../plan/template';
import { applied } from './applied';
import { removeStack } from './removeStack';
import { stackFailure } from './stackFailure';
import { stageTemplate } from './stageTemplate';
import { type WatchedEnd, watchStack } from './watchStack';
import type { EngineWorld } from './world';

/** Creates the stack from exactly the planned template and follows it to its end. */
export async function createStack(
  ctx: StepContext,
  world: EngineWorld,
  artifact: PlannedArtifact,
): Promise<AppliedEnvironment> {
  const attached = ctx.checkpoint?.creating
    ? undefined
    : await prepare(ctx, world, artifact);
  const stackId =
    attached ??
    (ctx.checkpoint?.attachedTo as string | undefined) ??
    (await requestCreate(ctx, world, artifact));

  const end = await follow(ctx, world, stackId, artifact);
  if (end.stack.status === 'CREATE_COMPLETE') {
    return applied(end.stack, artifact);
  }
  throw stackFailure('create', world.environment, end);
}

/**
 * Sees to it that nothing stands in the way of the new stack.
 *
 * @returns the id of the stack where an earlier try made it, from the same template, and AWS is still at it or done.
 */
async function prepare(
  ctx: StepContext,
  world: EngineWorld,
  artifact: PlannedArtifact,
): Promise<string | undefined> {
  const { gateway, environment } = world;
  let existing = await gateway.describeStack(
    stackNameOf(environment),
    ctx.signal,
  );
  if (existing && isBusy(existing.status)) {
    requireOurs(existing, environment);
    if (
      existing.status === 'CREATE_IN_PROGRESS' &&
      (await isFromTemplate(world, existing, artifact))
    ) {
      await mark(ctx, { attachedTo: existing.id });
      return existing.id;
    }
    existing = (await follow(ctx, world, existing.id)).stack;
  }
  if (existing && existing.status !== 'DELETE_COMPLETE') {
    requireOurs(existing, environment);
    if (existing.status === 'CREATE_COMPLETE') {
      if (await isFromTemplate(world, existing, artifact)) {
        await mark(ctx, { attachedTo: existing.id });
        return existing.id;
      }
    }
    if (!isLeftOver(existing.status)) {
      throw staleFailure(existing.name, `it exists now (${existing.status})`);
    }
    await removeLeftOver(ctx, world, existing);
  }
  await mark(ctx, {});
  return undefined;
}

async function mark(ctx: StepContext, facts: JsonObject): Promise<void> {
  await ctx.saveCheckpoint({ ...ctx.checkpoint, creating: true, ...facts });
}

async function isFromTemplate(
  { gateway }: EngineWorld,
  stack: Stack,
  artifact: PlannedArtifact,
): Promise<boolean> {
  const body = await gateway.getTemplate(stack.id);
  return body === artifact.body;
}

async function removeLeftOver(
  ctx: StepContext,
  world: EngineWorld,
  stack: Stack,
): Promise<void> {
  const body = (await world.gateway.getTemplate(stack.id, ctx.signal)) ?? '';
  await removeStack(ctx, world, {
    name: 'DeleteLeftOverStack',
    stackId: stack.id,
    template: parseTemplate(body),
  });
}

async function requestCreate(
  ctx: StepContext,
  { gateway, environment }: EngineWorld,
  artifact: PlannedArtifact,
): Promise<string> {
  const stackName = stackNameOf(environment);
  const template = await stageTemplate(ctx, gateway, artifact.body);
  const { stackId } = await ctx.call({
    name: 'CreateStack',
    facts: {
      stackName,
      accountId: environment.accountId,
      region: environment.region,
    },
    guard: { type: 'token' },
    execute: async token => ({
      stackId: await gateway.createStack({
        stackName,
        template,
        tags: environmentTags(environment),
        token,
      }),
    }),
  });
  return stackId;
}

function follow(
  ctx: StepContext,
  world: EngineWorld,
  stackId: string,
  artifact?: PlannedArtifact,
): Promise<WatchedEnd> {
  const template = parseTemplate(artifact?.body ?? '');
  return watchStack(ctx, world, {
    stackId,
    region: world.environment.region,
    paths: resourcePaths(template),
    total: artifact && countResources(template),
    goal: artifact ? 'present' : 'gone',
  });
}
