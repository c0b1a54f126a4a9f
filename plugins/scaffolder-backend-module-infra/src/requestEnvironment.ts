import { InputError, ResponseError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import type {
  EnvironmentRequest,
  RequestIssue,
} from '@slipway/plugin-infra-scaffolder-common';
import type { InfraService } from '@slipway/plugin-infra-scaffolder-node';
import { examples } from './requestEnvironment.examples';

function issuesIn(error: unknown): RequestIssue[] {
  if (!(error instanceof ResponseError)) {
    return [];
  }
  const { issues } = error.body.error as { issues?: RequestIssue[] };
  return issues ?? [];
}

function lineOf({ path, message, suggestion }: RequestIssue): string {
  const where = path ? `${path}: ` : '';
  const would = suggestion === undefined ? '' : ` (${suggestion} would do)`;
  return `${where}${message}${would}`;
}

/**
 * The action `infra:environment:request`: registers an environment as the person who started the task, and links to the run
 * that plans it. The run goes on without the task.
 */
export function createRequestEnvironmentAction(options: {
  infra: InfraService;
}) {
  return createTemplateAction({
    id: 'infra:environment:request',
    description:
      'Registers an environment and starts to plan it. Nothing is made before a person confirms the plan on the run’s page.',
    examples,
    schema: {
      input: {
        request: z =>
          z
            .object({
              blueprint: z.object({ id: z.string(), version: z.string() }),
              name: z.string(),
              owner: z.string().describe('Entity reference of a group'),
              system: z.string().describe('Entity reference of a system'),
              accountId: z.string(),
              region: z.string(),
              size: z.string(),
              cidr: z.string().describe('IPv4 block of the network'),
              engine: z.string(),
              expiresAt: z
                .string()
                .optional()
                .describe('When it is destroyed by itself, in UTC'),
              parameters: z
                .record(z.unknown())
                .default({})
                .describe(
                  'Values that differ from those of the size; see the blueprint',
                ),
            })
            .describe('What is asked for'),
      },
      output: {
        environmentId: z => z.string(),
        runId: z => z.string(),
        runUrl: z => z.string().describe('Page where the plan is confirmed'),
        environmentUrl: z => z.string(),
      },
    },
    async handler(ctx) {
      try {
        const { environment, runId } = await options.infra.createEnvironment(
          ctx.input.request as EnvironmentRequest,
          {
            credentials: await ctx.getInitiatorCredentials(),
            idempotencyKey: `scaffolder-${ctx.task.id}-${ctx.step?.id ?? ''}`,
          },
        );
        const path = `/environments/${encodeURIComponent(environment.name)}`;
        ctx.logger.info(
          `${environment.name} is registered and being planned. Confirm the plan on the run's page.`,
        );
        ctx.output('environmentId', environment.id);
        ctx.output('runId', runId);
        ctx.output('runUrl', `${path}/runs/${encodeURIComponent(runId)}`);
        ctx.output('environmentUrl', path);
      } catch (error) {
        const issues = issuesIn(error);
        if (issues.length === 0) {
          throw error;
        }
        issues.forEach(issue => ctx.logger.error(lineOf(issue)));
        throw new InputError(
          `The environment was not registered. ${issues.map(lineOf).join(' ')}`,
        );
      }
    },
  });
}
