import type { StepContext } from '@slipway/plugin-runs-node';
import type { StateStore } from '../state/StateStore';

/** Removes the plans that a run saved: those that nobody will apply, and the one that was. */
export async function forgetPlans(
  ctx: StepContext,
  store: StateStore,
  environmentId: string,
): Promise<void> {
  const keys = await store.plansOf(environmentId, ctx.run.id, ctx.signal);
  for (const key of keys) {
    await ctx.call({
      name: `ForgetPlan:${key.split('/').at(-1)?.slice(0, 12)}`,
      facts: { bucket: store.bucket, key },
      guard: { type: 'token' },
      execute: async () => {
        await store.remove(key);
        return {};
      },
    });
  }
}
