import { PricingClient } from '@aws-sdk/client-pricing';
import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { awsAccessServiceRef } from '@slipway/plugin-aws-node';
import { infraReviewExtensionPoint } from '@slipway/plugin-infra-scaffolder-node';
import { readSettings } from './config';
import { readAssumptions, readPrices } from './data/knowledge';
import { AwsPriceSource } from './priceList/AwsPriceSource';
import { DatabasePriceListStore } from './priceList/DatabasePriceListStore';
import { PriceListEstimator } from './PriceListEstimator';
import { PriceRefresher } from './PriceRefresher';

/** Where AWS answers for the prices of all regions. Source: AWS Billing User Guide, "Price List Query API" endpoints. */
const PRICING_REGION = 'us-east-1';

/**
 * Says what a plan costs before anybody confirms it.
 * @public
 */
export const infraScaffolderModuleEstimate = createBackendModule({
  pluginId: 'infra-scaffolder',
  moduleId: 'estimate',
  register(env) {
    env.registerInit({
      deps: {
        aws: awsAccessServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        logger: coreServices.logger,
        reviews: infraReviewExtensionPoint,
        scheduler: coreServices.scheduler,
      },
      async init({ aws, config, database, logger, reviews, scheduler }) {
        const { assumptions, refresh } = readSettings(
          config,
          readAssumptions(),
        );
        const shipped = readPrices();
        const lists = await DatabasePriceListStore.create(database);
        reviews.setCostEstimator(
          PriceListEstimator.create({ shipped, assumptions, lists }),
        );
        if (refresh) {
          const { accountId, everyDays } = refresh;
          const refresher = PriceRefresher.create({
            shipped,
            lists,
            logger,
            source: async () =>
              AwsPriceSource.create(
                new PricingClient({
                  ...(await aws.clientConfig({
                    accountId,
                    region: aws.target(accountId).regions[0],
                  })),
                  region: PRICING_REGION,
                }),
              ),
          });
          await scheduler.scheduleTask({
            id: 'refresh-prices',
            frequency: { days: everyDays },
            timeout: { minutes: 30 },
            scope: 'global',
            fn: signal => refresher.run(new Date(), signal),
          });
        }
      },
    });
  },
});
