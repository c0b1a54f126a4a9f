import {
  INFRA_AUDIT_EVENTS,
  environmentRequestSchema,
  infraEnvironmentCreatePermission,
  newestVersion,
} from '@slipway/plugin-infra-scaffolder-common';
import { InputError } from '@backstage/errors';
import { randomUUID } from 'node:crypto';
import { parse } from '../routes/parse';
import { assertForPerson } from '../services/assertForPerson';
import { auditedAction, type ActionDeps } from './deps';
import { startedOf, startedSchema } from './started';

export function registerPlanEnvironment(deps: ActionDeps): void {
  const { registry, services } = deps;
  registry.register({
    name: 'plan-environment',
    title: 'Plan a new environment',
    description: `Registers a new environment and starts a run that plans it and then stops: nothing is made in AWS before a person confirms the plan in the portal. The name is taken from then on. What is wrong with the request is told field by field, with what would do.
Read list-blueprints first. The address block is proposed where "cidr" is left out.`,
    attributes: { readOnly: false, destructive: false, idempotent: false },
    visibilityPermission: infraEnvironmentCreatePermission,
    schema: {
      input: z =>
        z.object({
          blueprint: z.string().max(100),
          version: z
            .string()
            .max(50)
            .optional()
            .describe('The newest unless told'),
          name: z
            .string()
            .max(200)
            .describe('3–28 characters: lower-case letters, digits, hyphens'),
          owner: z.string().max(200).describe('e.g. group:default/storefront'),
          system: z.string().max(200).describe('e.g. system:default/shop'),
          accountId: z.string().max(20),
          region: z.string().max(50),
          size: z.string().max(50).optional(),
          cidr: z.string().max(50).optional().describe('e.g. 10.4.0.0/16'),
          engine: z.enum(['cdk', 'terraform']).optional(),
          parameters: z
            .record(z.unknown())
            .optional()
            .describe('Only what differs from the size'),
          expiresAt: z
            .string()
            .optional()
            .describe('ISO 8601; the default of the stage unless told'),
        }),
      output: () => startedSchema,
    },
    action: async ({ input, credentials }) => {
      const { environment, runId } = await auditedAction(
        deps,
        {
          eventId: INFRA_AUDIT_EVENTS.environmentCreate,
          credentials,
          meta: {
            action: 'plan-environment',
            name: input.name,
            owner: input.owner,
          },
        },
        async () => {
          assertForPerson(credentials);
          const blueprints = services.blueprints.list();
          const blueprint = input.version
            ? services.blueprints.get(input.blueprint, input.version).blueprint
            : newestVersion(blueprints, input.blueprint);
          if (!blueprint) {
            throw new InputError(
              `There is no blueprint ${input.blueprint}. There are: ${[
                ...new Set(blueprints.map(({ id }) => id)),
              ].join(', ')}.`,
            );
          }
          const { version: _version, ...rest } = input;
          const request = parse(environmentRequestSchema, {
            ...rest,
            blueprint: { id: blueprint.id, version: blueprint.version },
            size: input.size ?? blueprint.defaultSize,
            engine: input.engine ?? blueprint.engines[0],
            parameters: input.parameters ?? {},
            cidr:
              input.cidr ??
              services.addressPlan.propose(
                await services.environmentStore.holders(),
                blueprint.cidrPrefixLength.default,
              ),
          });
          return services.environments.create(request, {
            credentials,
            // A call that is sent twice finds the name taken.
            idempotencyKey: randomUUID(),
          });
        },
      );
      return { output: startedOf(deps, environment, runId) };
    },
  });
}
