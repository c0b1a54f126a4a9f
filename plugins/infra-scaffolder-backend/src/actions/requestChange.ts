import {
  INFRA_AUDIT_EVENTS,
  environmentUpdateSchema,
} from '@slipway/plugin-infra-scaffolder-common';
import { parse } from '../routes/parse';
import { assertForPerson } from '../services/assertForPerson';
import { auditedAction, type ActionDeps } from './deps';
import { startedOf, startedSchema } from './started';

export function registerRequestChange(deps: ActionDeps): void {
  const { registry, services } = deps;
  registry.register({
    name: 'request-change',
    title: 'Request a change',
    description: `Starts a run that plans a change of an environment and then stops: another size, other parameters, or a newer version of its blueprint. Nothing changes in AWS before a person confirms the plan in the portal. "parameters" replaces all that were set by hand; read get-environment first and send what is to stay too.`,
    attributes: { readOnly: false, destructive: false, idempotent: false },
    schema: {
      input: z =>
        z.object({
          environment: z.string().max(200).describe('Name, or id'),
          size: z.string().max(50).optional(),
          parameters: z.record(z.unknown()).optional(),
          blueprintVersion: z.string().max(50).optional(),
        }),
      output: () => startedSchema,
    },
    action: async ({ input, credentials }) => {
      const { environment: nameOrId, ...change } = input;
      const { environment, runId } = await auditedAction(
        deps,
        {
          eventId: INFRA_AUDIT_EVENTS.environmentUpdate,
          credentials,
          meta: { action: 'request-change', environment: nameOrId },
        },
        async () => {
          assertForPerson(credentials);
          const found = await services.environments.get(nameOrId, {
            credentials,
          });
          const started = await services.environments.update(
            found.id,
            parse(environmentUpdateSchema, change),
            { credentials },
          );
          return { environment: found, runId: started.runId };
        },
      );
      return { output: startedOf(deps, environment, runId) };
    },
  });
}
