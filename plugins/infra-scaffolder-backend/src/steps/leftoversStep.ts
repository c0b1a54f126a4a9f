import { stringifyError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  INFRA_EVENT_CODES,
  type OrphanScan,
} from '@slipway/plugin-infra-scaffolder-common';
import type { StepContext, StepHandler } from '@slipway/plugin-runs-node';
import { STEPS } from '../services/environmentRun';
import { loadEnvironment, type StepServices } from './context';

/** AWS's tagging API names for a while what is deleted already: it is asked again before anything is called left. */
const LOOK_AGAIN_AFTER_MS = [5_000, 15_000];

function sentenceOf({ orphans, kept, failed }: OrphanScan): string {
  const left =
    orphans.length === 0
      ? 'Nothing is left that should be gone'
      : `${orphans.length} left that should be gone`;
  const unseen = failed.map(({ region }) => region).join(', ');
  return `${left}; ${kept.length} kept on purpose.${
    unseen && ` Could not look in ${unseen}.`
  }`;
}

async function look(
  ctx: StepContext,
  services: StepServices,
): Promise<OrphanScan> {
  const environment = await loadEnvironment(ctx, services);
  const scan = () =>
    services.scanner.scan(environment, { at: ctx.now(), signal: ctx.signal });
  let seen = await scan();
  for (const after of LOOK_AGAIN_AFTER_MS) {
    if (seen.orphans.length === 0) {
      break;
    }
    await ctx.sleep(after);
    seen = await scan();
  }
  return seen;
}

/**
 * Looks by tags for what is left of what was destroyed, and adds it to the receipt. What it cannot find out is told there:
 * the environment is destroyed, whatever comes of the look.
 */
export function leftoversStep(services: StepServices): StepHandler {
  return {
    type: STEPS.leftovers.type,
    async execute(ctx): Promise<JsonObject> {
      const environment = await loadEnvironment(ctx, services);
      let scan: OrphanScan;
      try {
        scan = await look(ctx, services);
      } catch (error) {
        ctx.signal.throwIfAborted();
        scan = {
          at: ctx.now().toISOString(),
          regions: [],
          orphans: [],
          kept: [],
          failed: [
            { region: environment.region, reason: stringifyError(error) },
          ],
        };
      }
      await services.receipts.addScan(environment.id, scan);
      await ctx.emit({
        code: INFRA_EVENT_CODES.leftovers,
        level:
          scan.orphans.length + scan.failed.length > 0 ? 'warning' : 'info',
        message: sentenceOf(scan),
        data: { orphans: scan.orphans.map(({ arn }) => arn) },
      });
      return { orphans: scan.orphans.length };
    },
  };
}
