import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type {
  EngineRequest,
  InfraEngine,
} from '@slipway/plugin-infra-scaffolder-node';
import { type StepContext, StepFailedError } from '@slipway/plugin-runs-node';
import type { Diagnostic } from '../binary/output';
import { normalisePlan } from '../describe/planChanges';
import type { PlanDocument } from '../describe/planDocument';
import { pathOf } from '../describe/naming';
import type { EngineWorld } from '../world';
import type { Workspace } from '../workspace/Workspace';
import { diagnosticFailure } from './failures';

export type EnginePlan = Awaited<ReturnType<InfraEngine['plan']>>;

export const PLAN_FILE = 'slipway.tfplan';

/** State that a plan was made against; part of the plan's hash. */
export type Basis = { lineage?: string; serial?: number };

/** How a saved plan is found again. */
export type PlanMeta = {
  bucket: string;
  planKey: string;
  planSha256: string;
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
        (await store.isPrepared())
          ? { done: true, result: {} }
          : { done: false },
    },
    execute: async () => {
      await store.prepare();
      return {};
    },
  });
  const state = await store.readState(environment.id, ctx.signal);
  const basis: Basis = state
    ? { lineage: state.lineage, serial: state.serial }
    : {};
  const living = state?.resources.length ?? 0;
  if (operation === 'destroy' && living === 0) {
    return {
      changes: [],
      resources: { before: [], after: [] },
      warnings: [
        `Terraform's state holds nothing of ${environment.name}: nothing is left to delete.`,
      ],
      artifact: { body: '', meta: {} },
      basis,
    };
  }
  if (operation === 'update' && living === 0) {
    throw new StepFailedError({
      code: 'terraform.environment-missing',
      message: `Terraform's state holds nothing of ${environment.name} to update.`,
      mend: 'Destroy the environment here and create it anew.',
    });
  }
  return world.inWorkspace(ctx.signal, async workspace => {
    const { document, diagnostics } = await makePlan(workspace, ctx.signal, {
      destroy: operation === 'destroy',
    });
    const body = await readFile(path.join(workspace.root, PLAN_FILE));
    const planSha256 = createHash('sha256').update(body).digest('hex');
    const planKey = store.planKey(environment.id, ctx.run.id, planSha256);
    await ctx.call({
      name: `SavePlan:${planSha256.slice(0, 12)}`,
      facts: { bucket: store.bucket, key: planKey },
      guard: { type: 'token' },
      execute: async () => {
        await store.put(planKey, body);
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
          availabilityZones: world.availabilityZones,
        } satisfies PlanMeta,
      },
      basis,
    };
  });
}

/** Has Terraform plan into {@link PLAN_FILE}. It takes no lock: an apply refuses a plan whose state has moved. */
export async function makePlan(
  workspace: Workspace,
  signal: AbortSignal,
  { destroy }: { destroy: boolean },
): Promise<{ document: PlanDocument; diagnostics: Diagnostic[] }> {
  const { code, diagnostics, stderr } = await workspace.run(
    [
      'plan',
      '-json',
      '-input=false',
      '-lock=false',
      `-out=${PLAN_FILE}`,
      ...workspace.variableArguments,
      ...(destroy ? ['-destroy'] : []),
    ],
    signal,
  );
  if (code !== 0) {
    throw diagnosticFailure('plan', diagnostics, stderr);
  }
  return { document: await showPlan(workspace, signal), diagnostics };
}

export async function showPlan(
  workspace: Workspace,
  signal: AbortSignal,
): Promise<PlanDocument> {
  const { code, stdout, stderr } = await workspace.run(
    ['show', '-json', PLAN_FILE],
    signal,
  );
  if (code !== 0) {
    throw diagnosticFailure('read the plan', [], stderr);
  }
  return JSON.parse(stdout);
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
