import type { Operation } from '@slipway/plugin-infra-scaffolder-common';
import { ENVIRONMENT_ID_TAG } from '@slipway/plugin-infra-scaffolder-node';
import type { StepContext } from '@slipway/plugin-runs-node';
import { stackNameOf } from '../plan/naming';
import { parseTemplate, resourcePaths, type Template } from '../plan/template';
import { removeStack } from './removeStack';
import { stackFailure } from './stackFailure';
import { type WatchedEnd, watchStack } from './watchStack';
import type { EngineWorld } from './world';

export interface Cancelled {
  leftInAws: boolean;
  sentence: string;
}

/** Brings the world back to a named state, whatever the apply had come to. */
export async function cancelStack(
  ctx: StepContext,
  world: EngineWorld,
  operation: Operation,
): Promise<Cancelled> {
  const { gateway, environment } = world;
  const stackName = stackNameOf(environment);
  const cancelling =
    (ctx.checkpoint?.cancelling as Cancelling | undefined) ??
    (await begin(ctx, world, stackName));
  if (!cancelling) {
    return operation === 'destroy'
      ? { leftInAws: false, sentence: 'Everything had been deleted already.' }
      : { leftInAws: false, sentence: 'Nothing was made in AWS.' };
  }
  const { stackId } = cancelling;
  const body = (await gateway.getTemplate(stackId, ctx.signal)) ?? '';
  const follow = () =>
    watchStack(ctx, world, {
      stackId,
      region: environment.region,
      paths: resourcePaths(parseTemplate(body)),
      goal: operation === 'update' ? 'present' : 'gone',
    });
  switch (operation) {
    case 'create':
      return undoCreate(ctx, world, cancelling, parseTemplate(body));
    case 'update':
      return undoUpdate(ctx, world, stackId, follow);
    default:
      return awaitDestroy(ctx, world, stackId, follow);
  }
}

/** What a cancel found when it began; kept in the checkpoint. */
type Cancelling = {
  stackId: string;
  /** The stack's newest event then. */
  endsAfter?: string;
};

/** @returns undefined where there is no stack of this environment. */
async function begin(
  ctx: StepContext,
  { gateway, environment }: EngineWorld,
  stackName: string,
): Promise<Cancelling | undefined> {
  const stack = await gateway.describeStack(stackName, ctx.signal);
  if (stack?.tags[ENVIRONMENT_ID_TAG] !== environment.id) {
    return undefined;
  }
  const events = await gateway.listEvents(stack.id, undefined, ctx.signal);
  const endsAfter = events.at(-1)?.id;
  const cancelling = { stackId: stack.id, ...(endsAfter && { endsAfter }) };
  await ctx.saveCheckpoint({ ...ctx.checkpoint, cancelling });
  return cancelling;
}

async function undoCreate(
  ctx: StepContext,
  world: EngineWorld,
  { stackId, endsAfter }: Cancelling,
  template: Template,
): Promise<Cancelled> {
  await removeStack(ctx, world, {
    name: 'DeleteCancelledStack',
    stackId,
    template,
    endsAfter,
  });
  return {
    leftInAws: false,
    sentence: 'What had been made so far was deleted; nothing is left in AWS.',
  };
}

async function undoUpdate(
  ctx: StepContext,
  world: EngineWorld,
  stackId: string,
  follow: () => Promise<WatchedEnd>,
): Promise<Cancelled> {
  const { gateway, environment } = world;
  const stack = await gateway.describeStack(stackId, ctx.signal);
  if (stack?.status === 'UPDATE_IN_PROGRESS') {
    await ctx.call({
      name: 'CancelUpdateStack',
      facts: { stackId, region: environment.region },
      guard: { type: 'token' },
      execute: async token => {
        await gateway.cancelUpdate(stackId, token);
        return {};
      },
    });
  }
  const end = await follow();
  switch (end.stack.status) {
    case 'UPDATE_ROLLBACK_COMPLETE':
      return {
        leftInAws: true,
        sentence: 'The update was rolled back: everything is as it was before.',
      };
    case 'UPDATE_COMPLETE':
    case 'CREATE_COMPLETE':
      return {
        leftInAws: true,
        sentence: `The stack is ${end.stack.status}: there was no update left to cancel.`,
      };
    default:
      throw stackFailure('update', environment, end);
  }
}

async function awaitDestroy(
  ctx: StepContext,
  world: EngineWorld,
  stackId: string,
  follow: () => Promise<WatchedEnd>,
): Promise<Cancelled> {
  const stack = await world.gateway.describeStack(stackId, ctx.signal);
  if (stack?.status !== 'DELETE_IN_PROGRESS') {
    return {
      leftInAws: true,
      sentence: `The destroy had not begun or had stopped before: the stack is ${stack?.status}.`,
    };
  }
  const end = await follow();
  if (end.stack.status !== 'DELETE_COMPLETE') {
    throw stackFailure('destroy', world.environment, end);
  }
  return {
    leftInAws: false,
    sentence:
      'AWS cannot stop a delete that has begun: it went on to its end, and nothing is left.',
  };
}
