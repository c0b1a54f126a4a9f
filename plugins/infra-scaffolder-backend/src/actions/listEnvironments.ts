import {
  FLEET_EXPIRIES,
  FLEET_SLEEPS,
  FLEET_FACETS,
  FLEET_SORTS,
  FLEET_VERSIONS,
  INFRA_AUDIT_EVENTS,
  INFRA_STATUSES,
  PLAIN_TEXT,
  type FleetQuery,
} from '@slipway/plugin-infra-scaffolder-common';
import { auditedAction, type ActionDeps } from './deps';

const MOST = 200;

export function registerListEnvironments(deps: ActionDeps): void {
  const { registry, services } = deps;
  registry.register({
    name: 'list-environments',
    title: 'List environments',
    description: `Lists the infrastructure environments that you may see: owner, system, stage, account, region, status, end, drift, blueprint version and monthly cost in USD by the last plan.
Filters are combined; each takes one value or several. Owners and systems are entity references such as "group:default/storefront" and "system:default/shop". Answers at most ${MOST} and a cursor for more, with the count and the sum of all that match.`,
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z => {
        const text = z
          .string()
          .max(200)
          .regex(PLAIN_TEXT, 'Leave control characters out.');
        const texts = z.array(text).max(50);
        return z.object({
          owner: texts.optional(),
          system: texts.optional(),
          size: texts.optional().describe('Stages, e.g. dev'),
          account: texts.optional().describe('Ids of AWS accounts'),
          region: texts.optional(),
          status: z.array(z.enum(INFRA_STATUSES)).optional(),
          sleep: z.array(z.enum(FLEET_SLEEPS)).optional(),
          expiry: z.array(z.enum(FLEET_EXPIRIES)).optional(),
          drift: z
            .array(
              z.enum([
                'in_sync',
                'drifted',
                'unknown',
                'checking',
                'unchecked',
              ]),
            )
            .optional(),
          blueprint: texts.optional(),
          version: z.array(z.enum(FLEET_VERSIONS)).optional(),
          engine: z.array(z.enum(['cdk', 'terraform'])).optional(),
          search: text.max(100).optional(),
          includeEnded: z.boolean().optional(),
          sort: z.enum(FLEET_SORTS).optional(),
          descending: z.boolean().optional(),
          limit: z.number().int().min(1).max(MOST).optional(),
          cursor: z.string().max(1_000).optional(),
        });
      },
      output: z =>
        z.object({
          environments: z.array(
            z.object({
              id: z.string(),
              name: z.string(),
              owner: z.string(),
              system: z.string(),
              accountId: z.string(),
              region: z.string(),
              size: z.string(),
              engine: z.string(),
              blueprint: z.object({ id: z.string(), version: z.string() }),
              newerVersion: z.string().optional(),
              status: z.string(),
              statusReason: z.string().optional(),
              expiresAt: z.string().optional(),
              drift: z.string().optional(),
              monthlyUsd: z.string().optional(),
              activeRunId: z.string().optional(),
            }),
          ),
          total: z.number(),
          totalMonthlyUsd: z.string(),
          nextCursor: z.string().optional(),
        }),
    },
    action: async ({ input, credentials }) => {
      const where: FleetQuery['where'] = {};
      for (const facet of FLEET_FACETS) {
        if (input[facet]?.length) {
          where[facet] = input[facet];
        }
      }
      const { search, includeEnded, sort, descending, limit, cursor } = input;
      const query = { where, search, includeEnded };
      const [page, { totals }] = await auditedAction(
        deps,
        {
          eventId: INFRA_AUDIT_EVENTS.actionRead,
          credentials,
          meta: { action: 'list-environments' },
        },
        () =>
          Promise.all([
            services.fleet.list(
              { ...query, sort, descending, limit, cursor },
              { credentials },
            ),
            services.fleet.summarise(query, { credentials }),
          ]),
      );
      return {
        output: {
          environments: page.items.map(each => ({
            id: each.id,
            name: each.name,
            owner: each.owner,
            system: each.system,
            accountId: each.accountId,
            region: each.region,
            size: each.size,
            engine: each.engine,
            blueprint: each.blueprint,
            newerVersion: each.newerVersion,
            status: each.status,
            statusReason: each.statusReason,
            expiresAt: each.expiresAt,
            drift: each.drift?.state,
            monthlyUsd: each.estimate?.monthlyUsd,
            activeRunId: each.activeRun?.runId,
          })),
          total: totals.environments,
          totalMonthlyUsd: totals.monthlyUsd,
          nextCursor: page.nextCursor,
        },
      };
    },
  });
}
