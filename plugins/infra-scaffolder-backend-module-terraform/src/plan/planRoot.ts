import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type {
  EngineRequest,
  InfraEngine,
} from '@slipway/plugin-infra-scaffolder-node';
import { type StepContext, StepFailedError } from '@slipway/plugin-runs-node';
import { countChanges, normalisePlan } from '../describe/planChanges';
import type { PlanDocument } from '../describe/planDocument';
import { pathOf } from '../describe/naming';
import { planWithLost, unexplainedSentence } from '../adopt/planWithLost';
import { livingTwins } from '../adopt/twins';
import { settleWorker } from '../apply/settleWorker';
import { codeHash } from '../workspace/appliedCode';
import type { TerraformState } from '../state/terraformState';
import type { EngineWorld } from '../world';
import { destroyWarnings } from './destroyWarnings';
import { makePlan, PLAN_FILE } from './runPlan';

export type EnginePlan = Awaited<ReturnType<InfraEngine['plan']>>;

/** State that a plan was made against; part of the plan's hash. */
export type Basis = { lineage?: string; serial?: number };

/** How a saved plan is found again. */
export type PlanMeta = {
  bucket: string;
  planKey: string;
  planSha256: string;
  /** The code that it was made of. */
  codeKey: string;
  codeSha256: string;
  /** What AWS has twice and nothing uses; a destroy deletes it first. */
  twins?: string[];
  /** Resources that it touches. */
  total: number;
  availabilityZones: string[];
};

/** Plans one operation; changes no resource, and leaves the saved plan beside the state. */
export async function planRoot(
  ctx: StepContext,
  request: EngineRequest,
  world: EngineWorld,
): Promise<EnginePlan> {
  const { environment, operation } = request;
  const { store } = world;
  await ctx.call({
    name: 'PrepareStateBucket',
    facts: { bucket: store.bucket, accountId: environment.accountId },
    guard: {
      type: 'precondition',
      observe: async () =>
        (await world.isStatePrepared())
          ? { done: true, result: {} }
          : { done: false },
    },
    execute: async () => {
      await world.prepareState();
      return {};
    },
  });
  const isUnfinished = await settleUnfinished(ctx, world);
  const readState = () => store.readState(environment.id, ctx.signal);
  const state = await readState();
  const living = state?.resources.length ?? 0;
  if (operation === 'destroy' && living === 0 && !isUnfinished) {
    return {
      changes: [],
      resources: { before: [], after: [] },
      warnings: [
        `Terraform's state holds nothing of ${environment.name}: nothing is left to delete.`,
      ],
      artifact: { body: '', meta: {} },
      basis: basisOf(state),
    };
  }
  if (operation === 'update' && living === 0) {
    throw new StepFailedError({
      code: 'terraform.environment-missing',
      message: `Terraform's state holds nothing of ${environment.name} to update.`,
      mend: 'Destroy the environment here and create it anew.',
    });
  }
  return world.inWorkspace(ctx, async workspace => {
    const destroy = operation === 'destroy';
    const { document, diagnostics, found, unexplained } = isUnfinished
      ? await planWithLost(ctx, world, workspace, { destroy })
      : {
          ...(await makePlan(workspace, ctx.signal, { destroy })),
          found: [],
          unexplained: [],
        };
    // What was lost may have been taken into it meanwhile.
    const planned = found.length > 0 ? await readState() : state;
    const twins =
      destroy && isUnfinished
        ? (await livingTwins(world, planned, ctx.signal)).map(({ id }) => id)
        : [];
    const body = await readFile(path.join(workspace.root, PLAN_FILE));
    const planSha256 = createHash('sha256').update(body).digest('hex');
    const planKey = store.planKey(environment.id, ctx.run.id, planSha256);
    const code = await workspace.pack();
    const codeSha256 = codeHash(code);
    const codeKey = store.planCodeKey(environment.id, ctx.run.id, codeSha256);
    await ctx.call({
      name: `SavePlan:${planSha256.slice(0, 12)}`,
      facts: { bucket: store.bucket, key: planKey, codeKey },
      guard: { type: 'token' },
      execute: async () => {
        await store.put(planKey, body);
        await store.put(codeKey, code);
        return {};
      },
    });
    return {
      ...normalisePlan(document),
      warnings: [
        ...(operation === 'create' && living > 0
          ? [
              `An earlier try left ${living} resources behind; the plan goes on from there.`,
            ]
          : []),
        ...(found.length > 0
          ? [
              `In AWS, but not in Terraform's state, is what an earlier try had begun: ${found.join(
                ', ',
              )}. The plan goes on with it.`,
            ]
          : []),
        ...(unexplained.length > 0 ? [unexplainedSentence(unexplained)] : []),
        ...(twins.length > 0
          ? [
              `AWS made twice what an earlier try asked for once: ${twins.join(
                ', ',
              )}. Nothing uses these; they are deleted before the rest.`,
            ]
          : []),
        ...(destroy ? await destroyWarnings(ctx, world, planned) : []),
        ...driftWarnings(document),
        ...diagnostics
          .filter(({ severity }) => severity === 'warning')
          .map(({ summary, detail }) => `Terraform: ${summary}. ${detail}`),
      ],
      artifact: {
        body: '',
        meta: {
          bucket: store.bucket,
          planKey,
          planSha256,
          codeKey,
          codeSha256,
          ...(twins.length > 0 && { twins }),
          total: countChanges(document),
          availabilityZones: world.availabilityZones,
        } satisfies PlanMeta,
      },
      basis: basisOf(planned),
    };
  });
}

function basisOf(state: TerraformState | undefined): Basis {
  return state ? { lineage: state.lineage, serial: state.serial } : {};
}

/** Whether the last process that made or changed something did not come to its end; whatever it was, it is over now. */
async function settleUnfinished(
  ctx: StepContext,
  world: EngineWorld,
): Promise<boolean> {
  const last = await world.workers.read(ctx.signal);
  if (!last || last.isComplete) {
    return false;
  }
  const end = await settleWorker(ctx, world, last);
  return !end?.isComplete && last.operation !== 'destroy';
}

function driftWarnings({ resource_drift: drift = [] }: PlanDocument): string[] {
  return drift
    .filter(({ mode }) => mode === 'managed')
    .map(({ address, change }) =>
      change.actions.includes('delete')
        ? `${pathOf(address)} was deleted outside the portal.`
        : `${pathOf(address)} was changed outside the portal.`,
    );
}
