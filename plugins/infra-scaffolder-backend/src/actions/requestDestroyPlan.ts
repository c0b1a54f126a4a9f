import { INFRA_AUDIT_EVENTS } from '@slipway/plugin-infra-scaffolder-common';
import { assertForPerson } from '../services/assertForPerson';
import { auditedAction, type ActionDeps } from './deps';
import { startedOf, startedSchema } from './started';

export function registerRequestDestroyPlan(deps: ActionDeps): void {
  const { registry, services } = deps;
  registry.register({
    name: 'request-destroy-plan',
    title: 'Request a plan to destroy',
    description: `Starts a run that plans the end of an environment, resource by resource, and then stops. Nothing is deleted before a person confirms the plan in the portal, and, where the policy asks for it, another person approves. What depends on the environment is told by the refusal.`,
    attributes: { readOnly: false, destructive: false, idempotent: false },
    schema: {
      input: z =>
        z.object({
          name: z
            .string()
            .max(200)
            .describe('Exact name of the environment, not its id'),
        }),
      output: () => startedSchema,
    },
    action: async ({ input, credentials }) => {
      const { environment, runId } = await auditedAction(
        deps,
        {
          eventId: INFRA_AUDIT_EVENTS.environmentDestroy,
          credentials,
          meta: { action: 'request-destroy-plan', environment: input.name },
        },
        async () => {
          assertForPerson(credentials);
          const found = await services.environments.get(input.name, {
            credentials,
          });
          const started = await services.environments.destroy(
            found.id,
            input.name,
            { credentials },
          );
          return { environment: found, runId: started.runId };
        },
      );
      return { output: startedOf(deps, environment, runId) };
    },
  });
}
