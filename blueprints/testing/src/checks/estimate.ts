import {
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { type AwsAccess, awsAccessServiceRef } from '@slipway/plugin-aws-node';
import estimateModule from '@slipway/plugin-infra-scaffolder-backend-module-estimate';
import {
  type CostEstimator,
  infraReviewExtensionPoint,
} from '@slipway/plugin-infra-scaffolder-node';
import type { Knex } from 'knex';
import { planOf } from '../planOf';
import type { Subject } from '../subject';

/** What prices plans, by the list that comes with the portal. */
export async function startEstimator(knex: Knex): Promise<CostEstimator> {
  let estimator: CostEstimator | undefined;
  await startTestBackend({
    features: [
      estimateModule,
      mockServices.rootConfig.factory({ data: {} }),
      mockServices.database.factory({ knex }),
      createServiceFactory({
        service: awsAccessServiceRef,
        deps: {},
        factory: (): AwsAccess => ({
          targets: () => [],
          target: () => {
            throw new Error('An estimate is no account’s.');
          },
          clientConfig: async () => {
            throw new Error('An estimate asks nobody.');
          },
        }),
      }),
    ],
    extensionPoints: [
      [
        infraReviewExtensionPoint,
        {
          setPolicyChecker: () => {},
          setCostEstimator: (brought: CostEstimator) => {
            estimator = brought;
          },
        },
      ],
    ],
  });
  return estimator!;
}

/** Every size, and everything that can be switched on, has a price for all that is paid for. @public */
export function describeEstimate(subject: Subject): void {
  const { blueprint, production, everything } = subject;
  const sizes = Object.keys(blueprint.sizes);

  describe('what it costs', () => {
    const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
    let estimator: CostEstimator;

    beforeAll(async () => {
      estimator = await startEstimator(await databases.init('POSTGRES_18'));
    }, 30_000);

    it.each([
      ...sizes.map(size => ({ size, parameters: {} })),
      { size: production, parameters: everything },
    ])(
      '$size $parameters is told whole',
      async ({ size, parameters }) => {
        const estimate = await estimator.estimate(
          planOf(subject, size, parameters),
        );
        expect(estimate.unpriced).toEqual([]);
        expect(Number(estimate.monthlyUsd)).toBeGreaterThan(0);
        expect(
          estimate.lines.filter(({ title }) => /extended support/.test(title)),
        ).toEqual([]);
      },
      30_000,
    );

    it('is more in production than in any other size', async () => {
      const costs = await Promise.all(
        sizes.map(async size => ({
          size,
          usd: Number(
            (
              await estimator.estimate(planOf(subject, size, {}))
            ).monthlyUsd,
          ),
        })),
      );
      const [dearest] = costs.sort((a, b) => b.usd - a.usd);
      expect(dearest.size).toBe(production);
    }, 60_000);
  });
}
