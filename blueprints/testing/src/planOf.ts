import type { PlanToReview } from '@slipway/plugin-infra-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import { inputFor, type Subject, synthesize } from './subject';

/** The plan that creates an environment of a blueprint, as those who review plans get it. */
export function planOf(
  subject: Subject,
  size: string,
  parameters: JsonObject,
): PlanToReview {
  const input = inputFor(subject, size, parameters);
  const { template } = synthesize(subject, input);
  const { id, version } = subject.blueprint;
  const at = new Date('2026-11-25T09:00:00Z');
  return {
    operation: 'create',
    parameters: input.parameters,
    changes: [],
    at,
    resources: {
      before: [],
      after: Object.entries(template.Resources).map(
        ([logicalId, { Type, Properties, Metadata }]) => ({
          logicalId,
          type: Type,
          path: (Metadata?.['aws:cdk:path'] ?? logicalId)
            .replace(/^environment\//, '')
            .replace(/\/Resource$/, ''),
          properties: Properties ?? {},
        }),
      ),
    },
    environment: {
      ...input.environment,
      accountId: input.accountId,
      region: input.region,
      size,
      cidr: input.cidr,
      engine: 'cdk',
      blueprint: { id, version },
      parameters,
      status: 'planning',
      createdBy: 'user:default/maya',
      createdAt: at.toISOString(),
      updatedAt: at.toISOString(),
      outputs: [],
      engineState: {},
    },
  };
}
