import {
  fleetPageQuerySchema,
  fleetSummaryQuerySchema,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Router } from 'express';
import type { RouteServices } from './deps';
import { parse } from './parse';

/** Lists of environments that may be thousands long, and what they come to. */
export function addFleetRoutes(router: Router, services: RouteServices) {
  const { httpAuth, fleet } = services;

  router.get('/fleet', async (req, res) => {
    const query = parse(fleetPageQuerySchema, req.query);
    const credentials = await httpAuth.credentials(req);
    res.json(await fleet.list(query, { credentials }));
  });

  router.get('/fleet/summary', async (req, res) => {
    const query = parse(fleetSummaryQuerySchema, req.query);
    const credentials = await httpAuth.credentials(req);
    res.json(await fleet.summarise(query, { credentials }));
  });
}
