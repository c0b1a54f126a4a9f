import { INFRA_AUDIT_EVENTS } from '@slipway/plugin-infra-scaffolder-common';
import { environmentPath } from '../services/paths';
import { auditedAction, type ActionDeps } from './deps';

export function registerGetEnvironment(deps: ActionDeps): void {
  const { registry, services, pageUrl } = deps;
  registry.register({
    name: 'get-environment',
    title: 'Get environment',
    description: `Tells everything of one environment that you may see: how it was asked for, its parameters, status and why, outputs such as endpoints, drift, monthly cost by its last plan, freezes, the run at work, and what you may do with it. Secrets are given by ARN, never by value.`,
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          environment: z.string().max(200).describe('Name, or id'),
        }),
      output: z =>
        z.object({
          id: z.string(),
          name: z.string(),
          owner: z.string(),
          system: z.string(),
          accountId: z.string(),
          region: z.string(),
          size: z.string(),
          cidr: z.string(),
          engine: z.string(),
          blueprint: z.object({ id: z.string(), version: z.string() }),
          parameters: z.record(z.unknown()),
          status: z.string(),
          statusReason: z.string().optional(),
          createdBy: z.string(),
          createdAt: z.string(),
          expiresAt: z.string().optional(),
          lastRunId: z.string().optional(),
          activeRun: z
            .object({ runId: z.string(), operation: z.string() })
            .optional(),
          frozenBecause: z.string().optional(),
          drift: z
            .object({
              state: z.string(),
              at: z.string(),
              resources: z.number(),
            })
            .optional(),
          monthlyUsd: z.string().optional(),
          outputs: z.array(
            z.object({ key: z.string(), title: z.string(), value: z.string() }),
          ),
          youMay: z.object({
            update: z.boolean(),
            destroy: z.boolean(),
            freeze: z.boolean(),
          }),
          url: z.string(),
        }),
    },
    action: async ({ input, credentials }) => {
      const { environment, allowed } = await auditedAction(
        deps,
        {
          eventId: INFRA_AUDIT_EVENTS.actionRead,
          credentials,
          meta: { action: 'get-environment', environment: input.environment },
        },
        async () => {
          const found = await services.environments.get(input.environment, {
            credentials,
          });
          return {
            environment: found,
            allowed: await services.authorizer.allowed(found, credentials),
          };
        },
      );
      const { activeRun, freeze, estimate, outputs } = environment;
      return {
        output: {
          id: environment.id,
          name: environment.name,
          owner: environment.owner,
          system: environment.system,
          accountId: environment.accountId,
          region: environment.region,
          size: environment.size,
          cidr: environment.cidr,
          engine: environment.engine,
          blueprint: environment.blueprint,
          parameters: environment.parameters,
          status: environment.status,
          statusReason: environment.statusReason,
          createdBy: environment.createdBy,
          createdAt: environment.createdAt,
          expiresAt: environment.expiresAt,
          lastRunId: environment.lastRunId,
          activeRun: activeRun && {
            runId: activeRun.runId,
            operation: activeRun.operation,
          },
          frozenBecause: freeze?.reason,
          drift: environment.drift,
          monthlyUsd: estimate?.monthlyUsd,
          outputs: outputs.map(({ key, title, value }) => ({
            key,
            title,
            value,
          })),
          youMay: allowed,
          url: pageUrl(environmentPath(environment.name)),
        },
      };
    },
  });
}
