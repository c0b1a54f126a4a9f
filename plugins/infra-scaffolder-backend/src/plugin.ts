import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { awsAccessServiceRef } from '@slipway/plugin-aws-node';
import {
  infraBlueprintsExtensionPoint,
  infraEnginesExtensionPoint,
  infraReviewExtensionPoint,
} from '@slipway/plugin-infra-scaffolder-node';
import { DatabaseRunEngine, migrateRuns } from '@slipway/plugin-runs-node';
import { registerActions } from './actions/registerActions';
import { migrate } from './database/migrations';
import { BlueprintRegistry } from './registry/BlueprintRegistry';
import { EngineRegistry } from './registry/EngineRegistry';
import { ReviewRegistry } from './registry/ReviewRegistry';
import { createRouter } from './routes/createRouter';
import { scheduleTasks } from './tasks/scheduleTasks';
import { wire } from './wire';

/**
 * The registry of environments and the runs that make, change and destroy them.
 * @public
 */
export const infraScaffolderPlugin = createBackendPlugin({
  pluginId: 'infra-scaffolder',
  register(env) {
    const blueprints = BlueprintRegistry.create();
    const engines = EngineRegistry.create();
    const reviews = ReviewRegistry.create();
    env.registerExtensionPoint(infraBlueprintsExtensionPoint, blueprints);
    env.registerExtensionPoint(infraEnginesExtensionPoint, engines);
    env.registerExtensionPoint(infraReviewExtensionPoint, reviews);

    env.registerInit({
      deps: {
        actionsRegistry: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        aws: awsAccessServiceRef,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
      },
      async init({
        actionsRegistry,
        database,
        httpRouter,
        lifecycle,
        scheduler,
        ...surroundings
      }) {
        const knex = await database.getClient();
        await migrate(knex, database.migrations);
        if (!database.migrations?.skip) {
          await migrateRuns(knex);
        }
        const runs = DatabaseRunEngine.create({
          knex,
          logger: surroundings.logger,
        });
        const services = wire({
          ...surroundings,
          knex,
          runs,
          blueprints,
          engines,
          reviews,
        });
        httpRouter.use(createRouter(services));
        const { config } = surroundings;
        registerActions({
          registry: actionsRegistry,
          services,
          pageUrl: path =>
            `${config.getOptionalString('app.baseUrl') ?? ''}${path}`,
        });
        lifecycle.addStartupHook(() => runs.start());
        lifecycle.addShutdownHook(() => runs.stop());
        lifecycle.addShutdownHook(() => services.driftChecker.stop());
        await scheduleTasks(scheduler, surroundings.config, services);
      },
    });
  },
});
