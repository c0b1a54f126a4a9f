import type { StepContext } from '@slipway/plugin-runs-node';
import { mayBeEmptied } from '../plan/buckets';
import { resourcePaths, type Template } from '../plan/template';
import { deleteStack } from './deleteStack';
import { emptyBuckets } from './emptyBuckets';
import { stackFailure } from './stackFailure';
import { type WatchedEnd, watchStack } from './watchStack';
import type { EngineWorld } from './world';

/** How often a stack is deleted whose buckets fill again meanwhile. */
const MOST_ROUNDS = 3;

interface RemoveOptions {
  /** Names the call in the journal. */
  name: string;
  stackId: string;
  /** What the stack was made from: it says which buckets may be emptied. */
  template: Template;
  /** As `watchStack` has them. */
  since?: string;
  endsAfter?: string;
  total?: number;
}

/**
 * Deletes a stack, what its marked buckets hold included, and follows it until nothing of it is left.
 *
 * Load balancers, trails and flow logs write into their bucket until they are gone themselves, so a stack that stopped
 * at such a bucket is tried again. Which try it is at, the stack's history tells, after a crash too.
 *
 * @throws StepFailedError `cloudformation.destroy-failed`
 */
export async function removeStack(
  ctx: StepContext,
  world: EngineWorld,
  options: RemoveOptions,
): Promise<void> {
  const { name, stackId, template, total } = options;
  await emptyBuckets(ctx, world, { stackId, template, round: 1 });
  for (let round = 1; ; round++) {
    await deleteStack(ctx, world, {
      name: round === 1 ? name : `${name}:${round}`,
      stackId,
    });
    const latestTry = latestTryOf(ctx, stackId);
    const end = await watchStack(ctx, world, {
      stackId,
      region: world.environment.region,
      paths: resourcePaths(template),
      since: latestTry?.since ?? options.since,
      endsAfter: latestTry ? undefined : options.endsAfter,
      total,
      goal: 'gone',
    });
    if (end.stack.status === 'DELETE_COMPLETE') {
      return;
    }
    if (round === MOST_ROUNDS || !stoppedAtBucket(end, template)) {
      throw stackFailure('destroy', world.environment, end);
    }
    await emptyBuckets(ctx, world, { stackId, template, round: round + 1 });
    await noteTry(ctx, world, stackId);
  }
}

/** Where the stack's history stood when it was deleted once more. */
type Try = { stackId: string; since: string };

function latestTryOf(ctx: StepContext, stackId: string): Try | undefined {
  const noted = ctx.checkpoint?.removing as Try | undefined;
  return noted?.stackId === stackId ? noted : undefined;
}

function stoppedAtBucket({ states }: WatchedEnd, template: Template): boolean {
  return Object.values(states.resources).some(
    ({ logicalId, type, status }) =>
      type === 'AWS::S3::Bucket' &&
      status === 'failed' &&
      mayBeEmptied(template, logicalId),
  );
}

async function noteTry(
  ctx: StepContext,
  { gateway }: EngineWorld,
  stackId: string,
): Promise<void> {
  const events = await gateway.listEvents(stackId, undefined, ctx.signal);
  const removing: Try = { stackId, since: events.at(-1)!.id };
  await ctx.saveCheckpoint({ ...ctx.checkpoint, removing });
}
