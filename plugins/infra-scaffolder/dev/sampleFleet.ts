import type {
  Environment,
  FleetEnvironment,
} from '@slipway/plugin-infra-scaffolder-common';
import { sampleEnvironment } from '../src/testing';

const TEAMS = ['storefront', 'payments', 'reliability', 'data'];
const SYSTEMS = [
  'microservices-platform',
  'cloud-native',
  'enterprise-platform',
  'records-service',
];
const HOUR_MS = 3_600_000;

/** As many environments as a large portal has, unlike one another. */
export function manyEnvironments(count: number): Environment[] {
  return Array.from({ length: count }, (_, index) => {
    const system = SYSTEMS[index % SYSTEMS.length];
    const size = ['dev', 'dev', 'small', 'prod'][index % 4];
    return sampleEnvironment({
      id: `many-${index}`,
      name:
        index % 29 === 7
          ? `checkout-experiments-emea-${index % 100}`
          : `${system.split('-')[0]}-${size}-${index}`,
      owner: `group:default/${TEAMS[(index * 7) % TEAMS.length]}`,
      system: `system:default/${system}`,
      region: ['us-east-1', 'us-west-2'][index % 2],
      size,
      engine: index % 3 ? 'cdk' : 'terraform',
      blueprint: { id: system, version: index % 6 ? '1.1.0' : '1.0.0' },
      status: index % 23 === 3 ? 'failed' : 'ready',
      statusReason:
        index % 23 === 3 ? 'The database’s quota is used up.' : undefined,
      estimate:
        index % 11 === 5
          ? undefined
          : {
              monthlyUsd: ((index * 137) % 4_000).toFixed(2),
              pricesOf: '2026-11-01',
              planId: '7f3a2b1c0d9e',
            },
    });
  });
}

/** What the fleet knows beside: ends, drift, newer versions. */
export function manyDetails(
  environments: Environment[],
): Record<string, Partial<FleetEnvironment>> {
  const at = (hours: number) =>
    new Date(Date.now() + hours * HOUR_MS).toISOString();
  return Object.fromEntries(
    environments.map((environment, index) => [
      environment.id,
      {
        ...(environment.size !== 'prod' && {
          expiresAt: at(((index * 31) % 700) - 4),
        }),
        ...(index % 5 > 0 && {
          drift: {
            state: index % 13 === 4 ? 'drifted' : 'in_sync',
            at: at(-6),
            resources: index % 13 === 4 ? 1 + (index % 4) : 0,
          },
        }),
        ...(environment.blueprint.version === '1.0.0' && {
          newerVersion: '1.1.0',
        }),
      } satisfies Partial<FleetEnvironment>,
    ]),
  );
}
