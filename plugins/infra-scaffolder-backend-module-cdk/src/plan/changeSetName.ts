import { createHash } from 'node:crypto';
import type { StepContext } from '@slipway/plugin-runs-node';

/** What the names of all change sets of a run begin with. */
export function changeSetPrefix(ctx: StepContext): string {
  const run = createHash('sha256').update(ctx.run.id).digest('hex');
  return `slipway-${run.slice(0, 16)}-`;
}

/** Name of the change set of an attempt to plan. */
export function changeSetName(ctx: StepContext): string {
  return `${changeSetPrefix(ctx)}${ctx.step.attempt}`;
}
