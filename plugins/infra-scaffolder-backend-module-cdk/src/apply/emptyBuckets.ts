import type { StepContext } from '@slipway/plugin-runs-node';
import { bucketsToDelete, type StackBucket } from '../plan/buckets';
import type { Template } from '../plan/template';
import type { EngineWorld } from './world';

/** In one journalled call; between two of them a run can be paused, and its page hears how far it is. */
const OBJECTS_A_CALL = 20_000;

/**
 * Empties the buckets that a blueprint has marked for it, because CloudFormation deletes empty ones only. `round` tells
 * the calls of repeated tries apart.
 */
export async function emptyBuckets(
  ctx: StepContext,
  world: EngineWorld,
  options: { stackId: string; template: Template; round: number },
): Promise<void> {
  const resources = await world.gateway.listResources(
    options.stackId,
    ctx.signal,
  );
  for (const bucket of bucketsToDelete(resources, options.template)) {
    if (bucket.mayBeEmptied) {
      await emptyBucket(ctx, world, bucket, options.round);
    }
  }
}

async function emptyBucket(
  ctx: StepContext,
  { gateway, environment }: EngineWorld,
  { logicalId, name }: StackBucket,
  round: number,
): Promise<void> {
  const isEmpty = async () => (await gateway.bucketContent(name)).objects === 0;
  for (let part = 1; !(await isEmpty()); part++) {
    await ctx.call({
      name: `EmptyBucket:${logicalId}:${round}.${part}`,
      facts: {
        bucket: name,
        accountId: environment.accountId,
        region: environment.region,
      },
      guard: {
        type: 'precondition',
        observe: async () =>
          (await isEmpty()) ? { done: true, result: {} } : { done: false },
      },
      execute: async () => {
        const deleted = await gateway.deleteObjects(name, OBJECTS_A_CALL);
        await ctx.emit({
          code: 'step.log',
          message: `${deleted.toLocaleString(
            'en-US',
          )} objects deleted from the bucket ${name}.`,
        });
        return { deleted };
      },
    });
  }
}
