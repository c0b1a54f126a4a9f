import { INFRA_AUDIT_EVENTS } from '@slipway/plugin-infra-scaffolder-common';
import type { Plan } from '@slipway/plugin-infra-scaffolder-common';
import { runPath } from '../services/paths';
import { auditedAction, type ActionDeps } from './deps';

const MOST_CHANGES = 300;

export function registerDescribeRun(deps: ActionDeps): void {
  const { registry, services, pageUrl } = deps;
  registry.register({
    name: 'describe-run',
    title: 'Describe run',
    description: `Tells how a run stands: its steps, the plan with every resource that it would create, change, replace or delete, what it costs a month before and after, what the policies say, and the approval that it awaits. A run waits at "confirm" until a person confirms the plan in the portal, and at "approve" until another person approves it; neither can be done here.`,
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z => z.object({ runId: z.string().max(200) }),
      output: z =>
        z.object({
          runId: z.string(),
          title: z.string(),
          state: z.string(),
          environment: z.string(),
          url: z.string(),
          steps: z.array(
            z.object({
              id: z.string(),
              title: z.string(),
              state: z.string(),
              problem: z.string().optional(),
            }),
          ),
          plan: z
            .object({
              id: z.string(),
              operation: z.string(),
              counts: z.record(z.number()),
              warnings: z.array(z.string()),
              changes: z.array(
                z.object({
                  path: z.string(),
                  type: z.string(),
                  action: z.string(),
                  attributes: z.array(z.string()),
                }),
              ),
              moreChanges: z.number().describe('How many are left out here'),
              estimate: z
                .object({
                  pricesOf: z.string(),
                  monthlyBeforeUsd: z.string(),
                  monthlyUsd: z.string(),
                  unpriced: z.number(),
                })
                .optional(),
              findings: z.array(
                z.object({
                  rule: z.string(),
                  effect: z.string(),
                  path: z.string().optional(),
                  message: z.string(),
                  mend: z.string(),
                  isExempt: z.boolean(),
                }),
              ),
              approvalReasons: z.array(z.string()),
            })
            .optional(),
          approval: z
            .object({
              state: z.string(),
              expiresAt: z.string(),
              decidedBy: z.string().optional(),
            })
            .optional(),
        }),
    },
    action: async ({ input, credentials }) => {
      const as = { credentials };
      const { found, plan, approval } = await auditedAction(
        deps,
        {
          eventId: INFRA_AUDIT_EVENTS.actionRead,
          credentials,
          meta: { action: 'describe-run', run: input.runId },
        },
        async () => {
          const run = await services.environmentRuns.get(input.runId, as);
          const [itsPlan, its] = await Promise.all([
            services.environmentRuns.plan(input.runId, as),
            services.approvals.get(input.runId, as),
          ]);
          return { found: run, plan: itsPlan, approval: its.approval };
        },
      );
      const { run, environment } = found;
      return {
        output: {
          runId: run.id,
          title: run.title,
          state: run.state,
          environment: environment.name,
          url: pageUrl(runPath(run.id)),
          steps: run.steps.map(({ id, title, state, problem }) => ({
            id,
            title,
            state,
            problem:
              problem && `${problem.message} ${problem.mend ?? ''}`.trim(),
          })),
          plan: plan && told(plan),
          approval: approval
            ? {
                state: approval.state,
                expiresAt: approval.expiresAt,
                decidedBy: approval.decidedBy,
              }
            : undefined,
        },
      };
    },
  });
}

/** A plan without values of attributes, which may be long, and without its hash, by which people confirm. */
function told(plan: Plan) {
  const changed = plan.changes.filter(({ action }) => action !== 'unchanged');
  const counts: Record<string, number> = {};
  for (const { action } of changed) {
    counts[action] = (counts[action] ?? 0) + 1;
  }
  const { estimate } = plan;
  return {
    id: plan.id,
    operation: plan.operation,
    counts,
    warnings: plan.warnings,
    changes: changed
      .slice(0, MOST_CHANGES)
      .map(({ path, type, action, attributes }) => ({
        path,
        type,
        action,
        attributes: attributes.map(attribute => attribute.path),
      })),
    moreChanges: Math.max(0, changed.length - MOST_CHANGES),
    estimate: estimate && {
      pricesOf: estimate.pricesOf,
      monthlyBeforeUsd: estimate.monthlyBeforeUsd,
      monthlyUsd: estimate.monthlyUsd,
      unpriced: estimate.unpriced.length,
    },
    findings: (plan.findings ?? []).map(finding => ({
      rule: finding.rule,
      effect: finding.effect,
      path: finding.path,
      message: finding.message,
      mend: finding.mend,
      isExempt: Boolean(finding.exemption),
    })),
    approvalReasons: plan.approval?.reasons ?? [],
  };
}
