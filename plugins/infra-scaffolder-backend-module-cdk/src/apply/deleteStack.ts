import type { StepContext } from '@slipway/plugin-runs-node';
import type { EngineWorld } from './world';

/** Asks AWS, once, to delete a stack. `name` names the call in the journal. */
export async function deleteStack(
  ctx: StepContext,
  { gateway, environment }: EngineWorld,
  { name, stackId }: { name: string; stackId: string },
): Promise<void> {
  await ctx.call({
    name,
    facts: {
      stackId,
      accountId: environment.accountId,
      region: environment.region,
    },
    guard: { type: 'token' },
    execute: async token => {
      await gateway.deleteStack(stackId, token);
      return {};
    },
  });
}
