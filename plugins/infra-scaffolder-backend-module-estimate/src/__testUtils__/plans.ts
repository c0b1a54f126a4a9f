import type {
  DescribedResource,
  PlanToReview,
} from '@slipway/plugin-infra-scaffolder-node';

/** A plan of nothing but its resources, for us-east-1. */
export function planOf(
  resources: PlanToReview['resources'],
  at = new Date('2026-11-25T09:00:00Z'),
): PlanToReview {
  return {
    operation: 'update',
    parameters: {},
    changes: [],
    resources,
    at,
    environment: {
      id: 'e1',
      name: 'shop-dev',
      owner: 'group:default/storefront',
      system: 'system:default/shop',
      accountId: '123456789012',
      region: 'us-east-1',
      size: 'dev',
      cidr: '10.0.0.0/16',
      engine: 'cdk',
      blueprint: { id: 'shop-platform', version: '1.0.0' },
      parameters: {},
      status: 'ready',
      createdBy: 'user:default/maya',
      createdAt: at.toISOString(),
      updatedAt: at.toISOString(),
      outputs: [],
      engineState: {},
    },
  };
}

/** One resource; its type is its path too. */
export function resource(
  type: string,
  properties: DescribedResource['properties'] = {},
  logicalId = type,
): DescribedResource {
  return { logicalId, type, path: logicalId, properties };
}
