import {
  APPROVAL_PROBLEMS,
  APPROVAL_SIGNAL,
  INFRA_EVENT_CODES,
  type Approval,
  type Environment,
  type Plan,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  StepFailedError,
  type StepContext,
  type StepHandler,
} from '@slipway/plugin-runs-node';
import type { JsonObject } from '@backstage/types';
import { STEPS } from '../services/environmentRun';
import { runPath } from '../services/paths';
import {
  loadRequest,
  plannedBy,
  refuseDenied,
  refuseInFreeze,
  type ApproveOutput,
  type ConfirmOutput,
  type StepServices,
} from './context';
import { discardPlan, orDiscard } from './discardPlan';

/** A decision whose signal was lost with its sender is found by looking: once an hour. */
const LOOK_AGAIN_SECONDS = 60 * 60;

function authorsOf(ctx: StepContext, environment: Environment): string[] {
  const confirmed = ctx.output<ConfirmOutput>(STEPS.confirm.id);
  return [
    ...new Set(
      [ctx.run.createdBy, environment.createdBy, confirmed?.confirmedBy].filter(
        ref => ref !== undefined,
      ),
    ),
  ];
}

/** @throws StepFailedError where the plan may not be applied any more. */
export function refuseUnapproved(
  name: string,
  plan: Plan,
  approval: Approval | undefined,
  now: Date,
): void {
  if (!plan.approval) {
    return;
  }
  if (approval?.state === 'rejected') {
    throw new StepFailedError({
      code: APPROVAL_PROBLEMS.rejected,
      message: `${approval.decidedBy} rejected plan ${plan.id}: ${approval.comment}`,
      mend: 'Begin again with what answers that.',
    });
  }
  if (approval?.state === 'revoked') {
    throw new StepFailedError({
      code: APPROVAL_PROBLEMS.revoked,
      message: `${approval.revokedBy} took back the approval of plan ${plan.id}: ${approval.comment}`,
      mend: 'Begin again with what answers that.',
    });
  }
  if (new Date(plan.approval.expiresAt) <= now) {
    throw new StepFailedError({
      code: APPROVAL_PROBLEMS.lapsed,
      message: `Plan ${plan.id} had to be approved and applied until ${plan.approval.expiresAt}.`,
      mend: 'Begin again: what is planned then awaits a new approval.',
    });
  }
  if (
    approval?.state !== 'approved' ||
    !approval.decidedBy ||
    approval.authors.includes(approval.decidedBy)
  ) {
    throw new StepFailedError({
      code: APPROVAL_PROBLEMS.missing,
      message: `Nobody approved plan ${plan.id} for ${name}.`,
      mend: 'Cancel the run and begin again.',
    });
  }
}

/**
 * From here on the approval cannot be taken back.
 * @throws StepFailedError where it was, a moment ago.
 */
export async function useApproval(
  ctx: StepContext,
  { approvals }: StepServices,
  name: string,
  plan: Plan,
): Promise<void> {
  const now = ctx.now();
  if (plan.approval && !(await approvals.use(ctx.run.id, plan.hash, now))) {
    const approval = await approvals.find(ctx.run.id, plan.hash, now);
    refuseUnapproved(name, plan, approval, now);
  }
}

async function ask(
  ctx: StepContext,
  services: StepServices,
  environment: Environment,
  plan: Plan & Required<Pick<Plan, 'approval'>>,
): Promise<void> {
  const { reasons, expiresAt } = plan.approval;
  const authors = authorsOf(ctx, environment);
  await services.approvals.ask(
    {
      runId: ctx.run.id,
      planHash: plan.hash,
      environmentId: environment.id,
      runTitle: ctx.run.title,
      operation: plan.operation,
      authors,
      reasons,
      expiresAt,
    },
    ctx.now(),
  );
  if (ctx.checkpoint?.asked) {
    return;
  }
  await services.announcer.notifyAll(services.approvers, {
    except: authors,
    title: `${ctx.run.title}: the plan awaits approval`,
    description: `${reasons.join('. ')}. Plan ${
      plan.id
    } lapses at ${expiresAt}.`,
    link: runPath(ctx.run.id),
    severity: 'normal',
  });
  await ctx.saveCheckpoint({ asked: true }, [
    {
      code: INFRA_EVENT_CODES.approvalAsked,
      message: `Plan ${
        plan.id
      } awaits the approval of somebody else. ${reasons.join('. ')}.`,
      data: { planId: plan.id, reasons },
    },
  ]);
}

/**
 * Lets a plan pass that the policy does not hold back; waits for days until somebody else has decided on one that it does.
 * What counts is the decision in the registry. The signal only says that there is one to be read, so that nothing that
 * can send signals can approve.
 */
export function approveStep(
  services: StepServices,
): StepHandler<JsonObject, ApproveOutput> {
  return {
    type: STEPS.approve.type,
    async execute(ctx) {
      const { environment, request } = await loadRequest(ctx, services);
      const planned = await plannedBy(ctx, services.plans);
      if (!planned) {
        throw new StepFailedError({
          code: APPROVAL_PROBLEMS.missing,
          message: `There is no plan for ${environment.name} to approve.`,
          mend: 'Cancel the run and begin again.',
        });
      }
      const { plan } = planned;
      let approvedBy: string | undefined;
      if (plan.approval) {
        await ask(ctx, services, environment, {
          ...plan,
          approval: plan.approval,
        });
        const look = () =>
          services.approvals.find(ctx.run.id, plan.hash, ctx.now());
        let approval = await look();
        if (approval?.state === 'waiting') {
          const again = new Date(
            Math.min(
              ctx.now().getTime() + LOOK_AGAIN_SECONDS * 1000,
              new Date(approval.expiresAt).getTime(),
            ),
          );
          const title = `Approval of plan ${plan.id} by somebody else`;
          await ctx.waitForSignal(APPROVAL_SIGNAL, { title, until: again });
          approval = await look();
          if (approval?.state === 'waiting') {
            await ctx.waitUntil(again, title);
          }
        }
        await orDiscard(ctx, services, async () =>
          refuseUnapproved(environment.name, plan, approval, ctx.now()),
        );
        approvedBy = approval?.decidedBy;
        await ctx.emit({
          code: INFRA_EVENT_CODES.approved,
          message: `${approvedBy} approved plan ${plan.id}.`,
          data: { planId: plan.id, by: approvedBy! },
        });
      }
      await refuseDenied(ctx, services, plan);
      await refuseInFreeze(ctx, services, {
        environments: [environment, request.environment],
        hash: plan.hash,
      });
      return { planHash: plan.hash, ...(approvedBy && { approvedBy }) };
    },
    cancel: ctx => withdrawAndDiscard(ctx, services),
  };
}

/** The plan step's own undoing discards too; discarding twice is harmless. */
async function withdrawAndDiscard(
  ctx: StepContext,
  services: StepServices,
): Promise<void> {
  await services.approvals.withdraw(ctx.run.id);
  await discardPlan(ctx, services);
}
