import { resolve } from 'node:path';
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import type { PlanToReview } from '@slipway/plugin-infra-scaffolder-node';
import { readSettings } from '../config';
import { createChecker } from '../createChecker';

/** A checker of the starter rules, with settings as they stand below `infraScaffolder.policy`. */
export function checkerWith(policy: JsonObject = {}) {
  return createChecker(
    readSettings(
      new ConfigReader({
        infraScaffolder: {
          policy: {
            starterRules: false,
            directories: [resolve(__dirname, '../../policies')],
            ...policy,
          },
        },
      }),
    ),
  );
}

export type SmallResource = [type: string, properties: JsonObject];

/** A plan of these resources. */
export function planOf(
  resources: SmallResource[],
  overrides: { size?: string } & Partial<PlanToReview> = {},
): PlanToReview {
  const { size = 'prod', ...plan } = overrides;
  return {
    operation: 'create',
    parameters: {},
    changes: [],
    at: new Date('2026-11-25T09:00:00Z'),
    resources: {
      before: [],
      after: resources.map(([type, properties], index) => ({
        logicalId: `Thing${index}`,
        type,
        path: `group/thing${index}`,
        properties,
      })),
    },
    environment: {
      id: '0b9f5c2e-4f0e-4d8e-9f3a-2d6d5c1b7a10',
      name: 'shop',
      owner: 'group:default/storefront',
      system: 'system:default/shop',
      accountId: '123456789012',
      region: 'us-east-1',
      size,
      cidr: '10.0.0.0/16',
      engine: 'cdk',
      blueprint: { id: 'shop-platform', version: '1.0.0' },
      parameters: {},
      status: 'planning',
      createdBy: 'user:default/maya',
      createdAt: '2026-11-25T09:00:00.000Z',
      updatedAt: '2026-11-25T09:00:00.000Z',
      outputs: [],
      engineState: {},
    },
    ...plan,
  };
}
