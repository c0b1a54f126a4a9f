import type {
  AppliedEnvironment,
  PlannedArtifact,
} from '@slipway/plugin-infra-scaffolder-node';
import type { StepContext } from '@slipway/plugin-runs-node';
import { type Basis, staleFailure } from '../plan/basis';
import { stackNameOf } from '../plan/naming';
import { parseTemplate, resourcePaths } from '../plan/template';
import { applied } from './applied';
import { stackFailure } from './stackFailure';
import { watchStack } from './watchStack';
import type { EngineWorld } from './world';

/** Executes exactly the change set that the plan showed, and follows it to its end. */
export async function updateStack(
  ctx: StepContext,
  world: EngineWorld,
  artifact: PlannedArtifact,
  basis: Basis,
): Promise<AppliedEnvironment> {
  const { gateway, environment } = world;
  const stackId = basis.stackId ?? '';
  const changeSetId = artifact.meta.changeSetId;
  if (!ctx.checkpoint?.updating) {
    const stack = await gateway.describeStack(stackId, ctx.signal);
    if (
      !stack ||
      stack.status !== basis.status ||
      stack.lastUpdatedAt !== basis.lastUpdatedAt
    ) {
      throw staleFailure(
        stackNameOf(environment),
        stack
          ? `it is ${stack.status} and was last changed at ${stack.lastUpdatedAt}`
          : 'it is gone',
      );
    }
    if (typeof changeSetId !== 'string') {
      return applied(stack, artifact);
    }
    const events = await gateway.listEvents(stackId, undefined, ctx.signal);
    const since = events.at(-1)?.id;
    await ctx.saveCheckpoint({
      ...ctx.checkpoint,
      updating: { ...(since && { since }) },
    });
  }
  await ctx.call({
    name: 'ExecuteChangeSet',
    facts: {
      changeSetId: String(changeSetId),
      accountId: environment.accountId,
      region: environment.region,
    },
    guard: { type: 'token' },
    execute: async token => {
      await gateway.executeChangeSet(String(changeSetId), token);
      return {};
    },
  });
  const { since } = ctx.checkpoint?.updating as { since?: string };
  const end = await watchStack(ctx, world, {
    stackId,
    region: environment.region,
    paths: resourcePaths(parseTemplate(artifact.body)),
    since,
    total: Number(artifact.meta.changeCount),
    goal: 'present',
  });
  if (end.stack.status === 'UPDATE_COMPLETE') {
    return applied(end.stack, artifact);
  }
  throw stackFailure('update', environment, end);
}
