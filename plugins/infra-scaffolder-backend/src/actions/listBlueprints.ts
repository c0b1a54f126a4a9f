import { INFRA_AUDIT_EVENTS } from '@slipway/plugin-infra-scaffolder-common';
import { auditedAction, type ActionDeps } from './deps';

export function registerListBlueprints(deps: ActionDeps): void {
  const { registry, services } = deps;
  registry.register({
    name: 'list-blueprints',
    title: 'List blueprints',
    description: `Lists what environments can be made of: each blueprint with its versions' sizes, engines, parameters with their limits and defaults, and the accounts and regions that environments can be made in. Read this before plan-environment.`,
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          blueprint: z
            .string()
            .max(100)
            .optional()
            .describe('Only this one; with it the parameters are told too'),
        }),
      output: z =>
        z.object({
          blueprints: z.array(
            z.object({
              id: z.string(),
              version: z.string(),
              title: z.string(),
              description: z.string(),
              engines: z.array(z.string()),
              defaultSize: z.string(),
              sizes: z.array(
                z.object({ id: z.string(), description: z.string() }),
              ),
              prefixLength: z.object({
                minimum: z.number(),
                maximum: z.number(),
              }),
              parameters: z.record(z.unknown()).optional(),
            }),
          ),
          targets: z.array(
            z.object({
              accountId: z.string(),
              name: z.string(),
              regions: z.array(z.string()),
              sizes: z
                .array(z.string())
                .describe('Sizes allowed there; empty means all'),
            }),
          ),
        }),
    },
    action: async ({ input, credentials }) =>
      auditedAction(
        deps,
        {
          eventId: INFRA_AUDIT_EVENTS.actionRead,
          credentials,
          meta: { action: 'list-blueprints' },
        },
        async () => ({
          output: {
            blueprints: services.blueprints
              .list()
              .filter(({ id }) => !input.blueprint || id === input.blueprint)
              .map(blueprint => ({
                id: blueprint.id,
                version: blueprint.version,
                title: blueprint.title,
                description: blueprint.description,
                engines: blueprint.engines,
                defaultSize: blueprint.defaultSize,
                sizes: Object.entries(blueprint.sizes).map(([id, size]) => ({
                  id,
                  description: size.description,
                })),
                prefixLength: {
                  minimum: blueprint.cidrPrefixLength.minimum,
                  maximum: blueprint.cidrPrefixLength.maximum,
                },
                ...(input.blueprint && { parameters: blueprint.parameters }),
              })),
            targets: services.aws
              .targets()
              .map(({ accountId, name, regions, sizes }) => ({
                accountId,
                name,
                regions,
                sizes,
              })),
          },
        }),
      ),
  });
}
