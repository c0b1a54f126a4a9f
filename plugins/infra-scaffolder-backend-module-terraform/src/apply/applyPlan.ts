import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Operation } from '@slipway/plugin-infra-scaffolder-common';
import type {
  AppliedEnvironment,
  EngineRequest,
  PlannedArtifact,
} from '@slipway/plugin-infra-scaffolder-node';
import { type StepContext, StepFailedError } from '@slipway/plugin-runs-node';
import { planWithLost } from '../adopt/planWithLost';
import { removeTwins } from '../adopt/twins';
import { countChanges } from '../describe/planChanges';
import type { PlanDocument } from '../describe/planDocument';
import { staleFailure } from '../plan/failures';
import { forgetPlans } from '../plan/forgetPlans';
import { type Basis, type PlanMeta } from '../plan/planRoot';
import { makePlan, PLAN_FILE, showPlan } from '../plan/runPlan';
import { fetchCode } from '../workspace/appliedCode';
import type { Workspace } from '../workspace/Workspace';
import type { EngineWorld } from '../world';
import { allowDeletions } from './allowDeletions';
import { beyondConfirmed } from './remainder';
import { type Preparation, workOn } from './work';

/** Applies exactly the saved plan; after a try that stopped half-way, exactly what is left of it. */
export async function applyPlan(
  ctx: StepContext,
  { operation, environment }: EngineRequest,
  world: EngineWorld,
  artifact: PlannedArtifact,
  basis: Basis,
): Promise<AppliedEnvironment> {
  const meta = artifact.meta as Partial<PlanMeta>;
  const { planKey, planSha256, codeKey, codeSha256, twins, total = 0 } = meta;
  if (!planKey || !planSha256) {
    return { outputs: {}, engineState: {} };
  }
  if (!codeKey || !codeSha256) {
    throw staleFailure('an earlier version of this portal made the plan');
  }
  const code = () =>
    fetchCode(world.store, { key: codeKey, sha256: codeSha256 }, ctx.signal);
  await workOn(ctx, world, {
    name: 'TerraformApply',
    operation,
    facts: {
      operation,
      planSha256,
      bucket: world.store.bucket,
      stateKey: world.store.stateKey(environment.id),
    },
    planSha256,
    code: async earlier => {
      if (!earlier) {
        await requireBasis(ctx, world, basis);
      }
      return code();
    },
    prepare: async (workspace, earlier) => {
      if (!earlier) {
        await requireBasis(ctx, world, basis);
      }
      await fetchPlan(ctx, world, workspace, { planKey, planSha256 });
      const confirmed = await showPlan(workspace, ctx.signal);
      const prepared = earlier
        ? await restOfPlan(ctx, world, workspace, { operation, confirmed })
        : { total };
      if (operation === 'destroy') {
        await removeTwins(ctx, world, twins ?? []);
        await allowDeletions(ctx, world, confirmed);
      }
      return prepared;
    },
  });
  if (operation !== 'destroy') {
    await keepCode(ctx, world, { code, codeSha256 });
  }
  await forgetPlans(ctx, world.store, environment.id);
  if (operation === 'destroy') {
    return { outputs: {}, engineState: {} };
  }
  await removeTwins(ctx, world);
  const state = await world.store.readState(environment.id, ctx.signal);
  return {
    outputs: Object.fromEntries(
      Object.entries(state?.outputs ?? {}).flatMap(([key, output]) =>
        output.sensitive ? [] : [[key, textOf(output.value)]],
      ),
    ),
    engineState: {
      stateBucket: world.store.bucket,
      stateKey: world.store.stateKey(environment.id),
      codeSha256,
      availabilityZones: world.availabilityZones,
    },
  };
}

/** So that the environment can be held against it. */
async function keepCode(
  ctx: StepContext,
  { store, environment }: EngineWorld,
  { code, codeSha256 }: { code: () => Promise<Buffer>; codeSha256: string },
): Promise<void> {
  const key = store.codeKey(environment.id);
  await ctx.call({
    name: `KeepCode:${codeSha256.slice(0, 12)}`,
    facts: { bucket: store.bucket, key, codeSha256 },
    guard: { type: 'token' },
    execute: async () => {
      await store.put(key, await code());
      return {};
    },
  });
}

async function fetchPlan(
  ctx: StepContext,
  { store }: EngineWorld,
  workspace: Workspace,
  { planKey, planSha256 }: { planKey: string; planSha256: string },
): Promise<void> {
  const body = await store.get(planKey, ctx.signal);
  const found = body && createHash('sha256').update(body).digest('hex');
  if (!body || found !== planSha256) {
    throw new StepFailedError({
      code: 'terraform.plan-lost',
      message: body
        ? `The saved plan ${planKey} in ${store.bucket} is not the one that was confirmed. Nothing was changed.`
        : `The saved plan ${planKey} is no longer in ${store.bucket}. Nothing was changed.`,
      mend: 'Cancel the run and plan again.',
    });
  }
  await writeFile(path.join(workspace.root, PLAN_FILE), body, { mode: 0o600 });
}

/** What an earlier try of this run left to do, and nothing that was not confirmed. */
async function restOfPlan(
  ctx: StepContext,
  world: EngineWorld,
  workspace: Workspace,
  { operation, confirmed }: { operation: Operation; confirmed: PlanDocument },
): Promise<Preparation> {
  const { document } =
    operation === 'destroy'
      ? await makePlan(workspace, ctx.signal, { destroy: true })
      : await planWithLost(ctx, world, workspace, { destroy: false });
  const beyond = beyondConfirmed(confirmed, document);
  if (beyond.length > 0) {
    throw staleFailure(
      `to finish it would now take what was not confirmed: ${beyond.join(
        ', ',
      )}`,
    );
  }
  return { total: countChanges(document) };
}

async function requireBasis(
  ctx: StepContext,
  { store, environment }: EngineWorld,
  basis: Basis,
): Promise<void> {
  const state = await store.readState(environment.id, ctx.signal);
  if (state?.serial !== basis.serial || state?.lineage !== basis.lineage) {
    throw staleFailure(
      `Terraform's state is at ${
        state?.serial ?? 'none'
      }, the plan was made at ${basis.serial ?? 'none'}`,
    );
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
