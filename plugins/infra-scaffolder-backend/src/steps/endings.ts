import {
  consentWords,
  EXPIRY_ACTOR,
  expiryAfterResize,
  fatesOf,
  INFRA_EVENT_CODES,
  lifetimeRuleOf,
  type Environment,
  type LifetimeRules,
  type Plan,
  type PlannedExpiry,
} from '@slipway/plugin-infra-scaffolder-common';
import type { EngineRequest } from '@slipway/plugin-infra-scaffolder-node';
import { StepFailedError, type StepContext } from '@slipway/plugin-runs-node';
import { isError } from '@backstage/errors';
import { othersNeed } from '../lifetime/dependentWords';
import { inputsOf } from '../services/environmentRun';
import type { ConfirmOutput, PlanOutput, StepServices } from './context';

/** What a plan makes of the environment's end; undefined where that stays as it is. */
export function plannedExpiry(
  environment: Environment,
  { environment: target, operation, blueprint }: EngineRequest,
  rules: LifetimeRules,
  now: Date,
): PlannedExpiry | undefined {
  const { name, expiresAt, expiry } = environment;
  if (operation === 'create') {
    return expiry && { at: expiresAt, words: expiry.consent.words };
  }
  if (operation === 'destroy' || environment.size === target.size) {
    return undefined;
  }
  const at = expiryAfterResize(expiresAt, lifetimeRuleOf(rules, target), now);
  if (at === expiresAt) {
    return undefined;
  }
  return at
    ? {
        at,
        words: consentWords(name, at, fatesOf(blueprint.blueprint, target)),
      }
    : { words: `${name} does not end by itself any more.` };
}

/** @throws StepFailedError where the end that the run was started for is not the environment's any more. */
export function refuseExtended(
  { run }: Pick<StepContext, 'run'>,
  { name, expiresAt }: Environment,
): void {
  const { purpose } = inputsOf(run);
  if (purpose?.kind === 'expiry' && purpose.expiresAt !== expiresAt) {
    throw new StepFailedError({
      code: 'infra.extended',
      message: expiresAt
        ? `${name} was extended until ${expiresAt}.`
        : `${name} does not end by itself any more.`,
      mend: 'There is nothing to do: it is kept.',
    });
  }
}

/**
 * The confirmation of a destroy that the portal began at an environment's end, on the consent that was given when the end
 * was set. Undefined for every other run: a person confirms those, and no request can begin this one.
 */
export async function confirmByConsent(
  ctx: StepContext,
  services: StepServices,
  environment: Environment,
  plan: PlanOutput,
): Promise<ConfirmOutput | undefined> {
  if (
    inputsOf(ctx.run).purpose?.kind !== 'expiry' ||
    ctx.run.createdBy !== EXPIRY_ACTOR
  ) {
    return undefined;
  }
  refuseExtended(ctx, environment);
  const { by, at, words } = environment.expiry!.consent;
  const message = `Plan ${plan.planId} is confirmed by what ${by} agreed to at ${at}: ${words}`;
  if (!ctx.checkpoint?.told) {
    await services.activity.add(environment.id, {
      at: ctx.now(),
      actor: EXPIRY_ACTOR,
      action: 'plan.confirmed',
      message,
      runId: ctx.run.id,
    });
    await ctx.saveCheckpoint({ told: true }, [
      {
        code: INFRA_EVENT_CODES.confirmed,
        message,
        data: { planId: plan.planId },
      },
    ]);
  }
  return {
    planHash: plan.planHash,
    confirmedBy: EXPIRY_ACTOR,
    statusBefore: environment.status,
  };
}

/** @throws StepFailedError naming what needs the environment that is to be destroyed. */
export async function refuseDepended(
  { run }: Pick<StepContext, 'run'>,
  { dependents }: StepServices,
  environment: Environment,
): Promise<void> {
  const { operation, purpose } = inputsOf(run);
  if (operation !== 'destroy' || purpose?.kind === 'despite-dependents') {
    return;
  }
  const found = await dependents.of(environment).catch(error => {
    throw new StepFailedError({
      code: 'infra.dependents-unknown',
      message: isError(error) ? error.message : String(error),
      mend: 'Retry this step in a minute.',
    });
  });
  if (found.length > 0) {
    throw new StepFailedError({
      code: 'infra.depended-on',
      message: othersNeed(environment, found),
      mend: 'Take these dependencies away, then retry this step.',
    });
  }
}

/**
 * Marks the environment as being worked on and the plan as begun, if the run still holds it. Under its lock, so that an extension comes wholly
 * before, and the destroy is refused, or wholly after, and is refused itself.
 */
export async function holdForApply(
  ctx: StepContext,
  { environments, plans }: StepServices,
  { environmentId, hash }: Pick<Plan, 'environmentId' | 'hash'>,
  status: Environment['status'],
): Promise<boolean> {
  return environments.transaction(async tx => {
    const environment = await environments.lock(environmentId, tx);
    refuseExtended(ctx, environment);
    const isHeld = await environments.update(
      environmentId,
      { status, statusReason: null },
      { at: ctx.now(), onlyFor: ctx.run.id, tx },
    );
    if (isHeld) {
      await plans.setApplyAttempt(ctx.run.id, hash, ctx.step.attempt, tx);
    }
    return isHeld;
  });
}
