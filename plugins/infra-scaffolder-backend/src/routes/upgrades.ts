import {
  INFRA_AUDIT_EVENTS,
  startUpgradesSchema,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Router } from 'express';
import { audited } from './audited';
import type { RouteServices } from './deps';
import { parse } from './parse';

/** Environments of older versions of their blueprints, and what becomes of them. */
export function addUpgradeRoutes(router: Router, services: RouteServices) {
  const { httpAuth, auditor, upgrades } = services;

  router.get('/upgrades', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json({ items: await upgrades.listUpgrades({ credentials }) });
  });

  router.get('/environments/:id/upgrade-preview', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await upgrades.previewUpgrade(req.params.id, { credentials }));
  });

  router.post('/upgrades', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const { environmentIds } = parse(startUpgradesSchema, req.body);
    const items = await audited(
      auditor,
      {
        eventId: INFRA_AUDIT_EVENTS.upgradesStart,
        request: req,
        meta: { environments: environmentIds },
      },
      () => upgrades.startUpgrades(environmentIds, { credentials }),
    );
    res.status(202).json({ items });
  });
}
