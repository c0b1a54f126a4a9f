import path from 'node:path';
import type {
  Blueprint,
  Environment,
  Operation,
} from '@slipway/plugin-infra-scaffolder-common';
import type { EngineRequest } from '@slipway/plugin-infra-scaffolder-node';
import type { JsonObject } from '@backstage/types';

export const ACCOUNT = '123456789012';

export function environmentFixture(
  name: string,
  overrides: Partial<Environment> = {},
): Environment {
  return {
    id: `id-of-${name}`,
    name,
    blueprint: { id: 'tiny', version: '1.0.0' },
    owner: 'group:default/storefront',
    system: 'system:default/shop',
    accountId: ACCOUNT,
    region: 'us-east-1',
    size: 'dev',
    cidr: '10.0.0.0/16',
    engine: 'terraform',
    parameters: {},
    status: 'planning',
    createdBy: 'user:default/maya',
    createdAt: '2026-11-21T10:00:00.000Z',
    updatedAt: '2026-11-21T10:00:00.000Z',
    outputs: [],
    engineState: {},
    ...overrides,
  };
}

const tiny: Blueprint = {
  id: 'tiny',
  version: '1.0.0',
  title: 'Tiny',
  description: 'A few cheap resources',
  source: 'Tests',
  engines: ['terraform'],
  sizes: { dev: { title: 'Dev', description: 'Dev', parameters: {} } },
  defaultSize: 'dev',
  parameters: {},
  rules: [],
  cidrPrefixLength: { minimum: 16, maximum: 16, default: 16 },
  outputs: [],
};

export function requestFixture(
  environment: Environment,
  operation: Operation,
  parameters: JsonObject = {},
): EngineRequest {
  return {
    environment,
    operation,
    parameters,
    blueprint: {
      blueprint: tiny,
      terraformRoot: path.join(__dirname, 'tiny', 'terraform'),
    },
  };
}
