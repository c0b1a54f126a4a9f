import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { awsAccessServiceRef, type AwsAccess } from '@slipway/plugin-aws-node';
import {
  type CostEstimator,
  infraReviewExtensionPoint,
} from '@slipway/plugin-infra-scaffolder-node';
import type { Knex } from 'knex';
import estimateModule from '.';
import { planOf, resource } from './__testUtils__/plans';
import { PriceListServer } from './__testUtils__/PriceListServer';
import { readPrices } from './data/knowledge';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const TODAY = new Date().toISOString().slice(0, 10);
const NAT = planOf({
  before: [],
  after: [resource('AWS::EC2::NatGateway')],
});

async function startModule(options: {
  knex: Knex;
  prices: PriceListServer;
  config?: object;
}) {
  let estimator: CostEstimator | undefined;
  const scheduler = mockServices.scheduler();
  const logger = mockServices.logger.mock();
  logger.child.mockReturnValue(logger);
  const backend = await startTestBackend({
    features: [
      estimateModule,
      mockServices.rootConfig.factory({
        data: { infraScaffolder: { estimate: options.config } },
      }),
      mockServices.database.factory({ knex: options.knex }),
      logger.factory,
      createServiceFactory({
        service: coreServices.scheduler,
        deps: {},
        factory: () => scheduler,
      }),
      createServiceFactory({
        service: awsAccessServiceRef,
        deps: {},
        factory: (): AwsAccess => ({
          targets: () => [],
          target: accountId => ({
            accountId,
            name: 'payer',
            regions: ['eu-central-1'],
            sizes: [],
          }),
          clientConfig: async ({ region }) =>
            ({
              region,
              endpoint: options.prices.url,
              credentials: async () => ({
                accessKeyId: 'test',
                secretAccessKey: 'test',
              }),
              maxAttempts: 1,
            } as Awaited<ReturnType<AwsAccess['clientConfig']>>),
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
  return {
    estimate: () => estimator!.estimate(NAT),
    refresh: () => scheduler.triggerTask('refresh-prices'),
    warnings: () => logger.warn.mock.calls.map(([message]) => message),
    stop: () => backend.stop(),
  };
}

describe('the price list', () => {
  const refresh = { refresh: { accountId: '123456789012' } };
  let prices: PriceListServer;
  let knex: Knex;

  beforeEach(async () => {
    prices = await PriceListServer.start(readPrices());
    knex = await databases.init('POSTGRES_18');
  });
  afterEach(() => prices.stop());

  it('is the one that comes with the portal, and no task asks AWS, until an account is named', async () => {
    const module = await startModule({ knex, prices });
    expect(await module.estimate()).toMatchObject({
      monthlyUsd: '37.35',
      pricesOf: expect.stringMatching(/^2026-/),
    });
    await expect(module.refresh()).rejects.toThrow(/refresh-prices/);
    expect(prices.asked).toEqual({ firstPages: 0, nextPages: 0 });
    await module.stop();
  });

  it('is asked of AWS page by page, kept in PostgreSQL, and known to the next process', async () => {
    prices.sells = ({ usageType, usd }) =>
      usageType === 'NatGateway-Hours' ? ['0.0500000000'] : [usd];
    const first = await startModule({ knex, prices, config: refresh });
    await first.refresh();
    const all = readPrices().length;
    expect(prices.asked).toEqual({ firstPages: all, nextPages: all });
    expect(first.warnings()).toEqual([]);
    await first.stop();

    const second = await startModule({ knex, prices });
    expect(await second.estimate()).toMatchObject({
      monthlyUsd: '41.00',
      pricesOf: TODAY,
    });
    await second.stop();
  });

  it('keeps a price where the answer is absurd, ambiguous or none, and says so', async () => {
    prices.sells = ({ usageType, region, usd }) => {
      if (region !== 'us-east-1') {
        return [usd];
      }
      return (
        {
          'NatGateway-Hours': ['0.45'],
          'NatGateway-Bytes': ['0.045', '0.046'],
          'USE1-VpcEndpoint-Hours': [],
        }[usageType] ?? [usd]
      );
    };
    const module = await startModule({ knex, prices, config: refresh });
    const before = await module.estimate();
    await module.refresh();
    expect(await module.estimate()).toEqual(before);
    expect(module.warnings()).toEqual([
      expect.stringMatching(
        /AmazonEC2 NatGateway-Hours in us-east-1 stays as it was\. AWS says \$0\.45, which is 10 times/,
      ),
      expect.stringMatching(/NatGateway-Bytes.*AWS has 2 prices of it/),
      expect.stringMatching(/VpcEndpoint-Hours.*AWS has no such product/),
    ]);
    await module.stop();
  });

  it('is left alone where AWS refuses', async () => {
    const module = await startModule({ knex, prices, config: refresh });
    prices.isDown = true;
    await module.refresh();
    expect(prices.asked.firstPages).toBe(readPrices().length);
    expect(await knex('price_lists')).toEqual([]);
    expect(await module.estimate()).toMatchObject({ monthlyUsd: '37.35' });
    await module.stop();
  });
});

describe('the configuration', () => {
  async function start(config: object) {
    const prices = await PriceListServer.start([]);
    const knex = await databases.init('POSTGRES_18');
    return startModule({ knex, prices, config }).finally(() => prices.stop());
  }

  it('has other assumptions, and an estimate says which', async () => {
    const module = await start({ assumptions: { natGatewayGb: 400 } });
    expect(await module.estimate()).toMatchObject({
      monthlyUsd: '50.85',
      assumptions: ['400 GB a month pass through each NAT gateway.'],
    });
    await module.stop();
  });

  it.each([
    [{ assumptions: { natGatewayGB: 400 } }, /natGatewayGB is not known/],
    [{ assumptions: { natGatewayGb: 'much' } }, /give a number/],
    [
      { refresh: { accountId: '123456789012', everyDays: 0 } },
      /everyDays is 0; give a whole number/,
    ],
  ])('refuses %j', async (config, message) => {
    await expect(start(config)).rejects.toThrow(message);
  });
});
