import type { EngineRequest } from '@slipway/plugin-infra-scaffolder-node';
import type { StepContext } from '@slipway/plugin-runs-node';
import { countChanges } from '../describe/planChanges';
import { planWithLost } from '../adopt/planWithLost';
import { removeTwins } from '../adopt/twins';
import { makePlan } from '../plan/runPlan';
import type { EngineWorld } from '../world';
import { allowDeletions } from './allowDeletions';
import { settleWorker } from './settleWorker';
import { workOn } from './work';

/** In place of a plan's hash: nobody confirmed what undoes a create. */
const UNDOING = 'undoing';

export interface Cancelled {
  leftInAws: boolean;
  sentence: string;
}

/** Ends what is at work, and takes away what a create has made. */
export async function cancelWork(
  ctx: StepContext,
  { operation, environment }: EngineRequest,
  world: EngineWorld,
): Promise<Cancelled> {
  const worker = await world.workers.read(ctx.signal);
  if (worker?.runId === ctx.run.id) {
    await settleWorker(ctx, world, worker);
  }
  const hasBegun = worker?.runId === ctx.run.id;
  const state = await world.store.readState(environment.id, ctx.signal);
  const living = state?.resources.length ?? 0;
  switch (operation) {
    case 'create':
      break;
    case 'update':
      return {
        leftInAws: true,
        sentence: hasBegun
          ? 'The update was stopped: what it had changed so far stays. Plan again to finish it or to go back.'
          : 'The update had not begun: everything is as it was before.',
      };
    default:
      return living === 0
        ? { leftInAws: false, sentence: 'Everything had been deleted already.' }
        : {
            leftInAws: true,
            sentence: `The destroy was stopped: ${living} resources are left.`,
          };
  }
  if (living === 0 && !hasBegun) {
    return { leftInAws: false, sentence: 'Nothing was made in AWS.' };
  }
  await workOn(ctx, world, {
    name: 'TerraformDestroy',
    facts: { stateKey: world.store.stateKey(environment.id) },
    operation: 'destroy',
    planSha256: UNDOING,
    prepare: async (workspace, earlier) => {
      const isLost = earlier && earlier.operation !== 'destroy';
      const { document } = await (isLost
        ? planWithLost(ctx, world, workspace, { destroy: true })
        : makePlan(workspace, ctx.signal, { destroy: true }));
      await removeTwins(ctx, world);
      await allowDeletions(ctx, world, document);
      return { total: countChanges(document) };
    },
  });
  return {
    leftInAws: false,
    sentence: 'What had been made so far was deleted; nothing is left in AWS.',
  };
}
