import type {
  ApprovalPolicy,
  Environment,
  EnvironmentStatus,
  LifetimeRules,
  Plan,
} from '@slipway/plugin-infra-scaffolder-common';
import { completeParameters } from '@slipway/plugin-infra-scaffolder-common';
import type {
  EngineRequest,
  InfraEngine,
} from '@slipway/plugin-infra-scaffolder-node';
import { StepFailedError, type StepContext } from '@slipway/plugin-runs-node';
import type { ApprovalStore } from '../approvals/types';
import type {
  ActivityStore,
  EnvironmentStore,
  HeldAmountStore,
  PlanStore,
  StoredPlan,
} from '../database/types';
import type { PolicyGuard } from '../exemptions/PolicyGuard';
import type { FreezeGuard } from '../freezes/FreezeGuard';
import { refuseStep } from '../freezes/refusal';
import type { Dependents, LifetimeStore } from '../lifetime/types';
import type { LeftoverScanner, ReceiptStore } from '../receipt/types';
import type { BlueprintRegistry } from '../registry/BlueprintRegistry';
import type { EngineRegistry } from '../registry/EngineRegistry';
import type { ReviewRegistry } from '../registry/ReviewRegistry';
import type { Announcer } from '../services/Announcer';
import { inputsOf, STEPS, withDesiredState } from '../services/environmentRun';
import { refusalOfPartner } from '../services/partnerStack';

/** What the steps of environment runs work with. */
export interface StepServices {
  environments: EnvironmentStore;
  heldAmounts: HeldAmountStore;
  plans: PlanStore;
  activity: ActivityStore;
  blueprints: BlueprintRegistry;
  engines: EngineRegistry;
  reviews: ReviewRegistry;
  announcer: Announcer;
  approvals: ApprovalStore;
  approvalPolicy: ApprovalPolicy;
  /** Who is told that a plan awaits approval. */
  approvers: string[];
  freezes: FreezeGuard;
  policies: PolicyGuard;
  lifetimeRules: LifetimeRules;
  lifetimes: LifetimeStore;
  dependents: Dependents;
  receipts: ReceiptStore;
  scanner: LeftoverScanner;
}

export type PlanOutput = {
  planId: string;
  planHash: string;
  counts: Record<string, number>;
};

export type ConfirmOutput = {
  planHash: string;
  confirmedBy: string;
  /** What the environment was before anything was applied. */
  statusBefore?: EnvironmentStatus;
};

export type ApproveOutput = {
  planHash: string;
  approvedBy?: string;
};

export type ApplyOutput = {
  outputs: Record<string, string>;
  engineState: EngineRequest['environment']['engineState'];
};

/** The environment that the run works on, as the registry has it now. */
export async function loadEnvironment(
  ctx: StepContext,
  services: StepServices,
): Promise<Environment> {
  const { environmentId } = inputsOf(ctx.run);
  const environment = await services.environments.find(environmentId);
  if (!environment) {
    throw new StepFailedError({
      code: 'infra.environment-missing',
      message: `Environment ${environmentId} is not in the registry any more.`,
      mend: 'Cancel the run.',
    });
  }
  return environment;
}

/** The environment that the run works on, its engine, and what to ask of it. */
export async function loadRequest(
  ctx: StepContext,
  services: StepServices,
): Promise<{
  /** As the registry has it now. */
  environment: Environment;
  engine: InfraEngine;
  request: EngineRequest;
}> {
  const { operation, desired, purpose } = inputsOf(ctx.run);
  const environment = await loadEnvironment(ctx, services);
  const target = withDesiredState(environment, desired);
  const blueprint = services.blueprints.find(
    target.blueprint.id,
    target.blueprint.version,
  );
  const engine = services.engines.find(environment.engine);
  if (!blueprint || !engine) {
    throw new StepFailedError({
      code: 'infra.not-installed',
      message: blueprint
        ? `Engine ${environment.engine} is not installed in this portal.`
        : `Blueprint ${target.blueprint.id} ${target.blueprint.version} is not installed in this portal.`,
      mend: 'Add the module that brings it, restart the back end, and retry this step.',
    });
  }
  return {
    environment,
    engine,
    request: {
      environment: target,
      operation,
      blueprint,
      parameters: completeParameters(
        blueprint.blueprint,
        target.size,
        target.parameters,
      ),
      ...(purpose?.kind === 'revert-drift' && { revertDrift: true }),
    },
  };
}

/** @throws StepFailedError naming what keeps applies away now, and when it ends. */
export async function refuseInFreeze(
  ctx: StepContext,
  { freezes }: StepServices,
  plan: { environments: [Environment, ...Environment[]]; hash: string },
): Promise<void> {
  refuseStep(
    await freezes.refusal(
      plan.environments,
      { runId: ctx.run.id, hash: plan.hash },
      ctx.now(),
    ),
  );
}

/** @throws StepFailedError where the partner's name is not that of the one that was agreed to. */
export async function refuseStranger(
  ctx: StepContext,
  { environments }: StepServices,
  environment: Environment,
): Promise<void> {
  const refusal = await refusalOfPartner(
    environment,
    inputsOf(ctx.run),
    environments,
  );
  if (refusal) {
    throw new StepFailedError({ code: 'infra.partner-changed', ...refusal });
  }
}

/** @throws StepFailedError naming resource, rule and mend. */
export async function refuseDenied(
  ctx: StepContext,
  { policies }: StepServices,
  plan: Plan,
): Promise<void> {
  const refusal = await policies.refusal(plan, ctx.now());
  if (refusal) {
    throw new StepFailedError({
      code: 'infra.denied',
      message: refusal.message,
      mend: `${refusal.mend} Retry this step then.`,
    });
  }
}

/** What the journal says was planned; undefined before. */
export async function plannedBy(
  ctx: StepContext,
  plans: PlanStore,
): Promise<StoredPlan | undefined> {
  const output = ctx.output<PlanOutput>(STEPS.plan.id);
  return output && plans.find(ctx.run.id, output.planHash);
}
