import express, { type Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { addAccountRoutes } from './accounts';
import { addApprovalRoutes } from './approvals';
import { addCatalogueRoutes } from './catalogue';
import type { RouteServices } from './deps';
import { addDriftRoutes } from './drift';
import { addEnvironmentRoutes } from './environments';
import { addFleetRoutes } from './fleet';
import { addFreezeRoutes } from './freezes';
import { addHoldRoutes } from './holds';
import { addLifetimeRoutes } from './lifetimes';
import { addManifestRoutes } from './manifests';
import { addPolicyRoutes } from './policies';
import { addRunRoutes } from './runs';
import { addScheduleRoutes } from './schedules';
import { addUpgradeRoutes } from './upgrades';

/** Larger than any request a form can make, and small enough to be read whole. */
const BODY_LIMIT = '256kb';

/** The HTTP API that `InfraApi` describes. */
export function createRouter(services: RouteServices): Router {
  const router = PromiseRouter();
  router.use(express.json({ limit: BODY_LIMIT }));
  addCatalogueRoutes(router, services);
  addAccountRoutes(router, services);
  addEnvironmentRoutes(router, services);
  addFleetRoutes(router, services);
  addManifestRoutes(router, services);
  addDriftRoutes(router, services);
  addUpgradeRoutes(router, services);
  addHoldRoutes(router, services);
  addLifetimeRoutes(router, services);
  addScheduleRoutes(router, services);
  addRunRoutes(router, services);
  addApprovalRoutes(router, services);
  addFreezeRoutes(router, services);
  addPolicyRoutes(router, services);
  return router;
}
