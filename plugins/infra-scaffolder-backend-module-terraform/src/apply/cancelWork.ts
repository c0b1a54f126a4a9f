import type { EngineRequest } from '@slipway/plugin-infra-scaffolder-node';
import type { StepContext } from '@slipway/plugin-runs-node';
import { actionOf } from '../describe/planChanges';
import { makePlan } from '../plan/planRoot';
import type { EngineWorld } from '../world';
import { settleWorker } from './settleWorker';
import { workOn } from './work';

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
  const state = await world.store.readState(environment.id, ctx.signal);
  const living = state?.resources.length ?? 0;
  switch (operation) {
    case 'create':
      break;
    case 'update':
      return {
        leftInAws: true,
        sentence:
          worker?.runId === ctx.run.id
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
  if (living === 0) {
    return { leftInAws: false, sentence: 'Nothing was made in AWS.' };
  }
  await workOn(ctx, world, {
    name: 'TerraformDestroy',
    facts: { stateKey: world.store.stateKey(environment.id) },
    planSha256: 'destroy',
    prepare: async workspace => {
      const { document } = await makePlan(workspace, ctx.signal, {
        destroy: true,
      });
      const total = (document.resource_changes ?? []).filter(({ change }) =>
        actionOf(change.actions),
      ).length;
      return total === 0 ? { nothing: true } : { total };
    },
  });
  return {
    leftInAws: false,
    sentence: 'What had been made so far was deleted; nothing is left in AWS.',
  };
}
