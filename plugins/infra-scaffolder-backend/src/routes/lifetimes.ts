import { INFRA_AUDIT_EVENTS } from '@slipway/plugin-infra-scaffolder-common';
import type { Router } from 'express';
import { audited } from './audited';
import type { RouteServices } from './deps';

/** How long environments live, what needs them, and what is kept of those that were destroyed. */
export function addLifetimeRoutes(router: Router, services: RouteServices) {
  const { httpAuth, auditor, lifetimes, lifetimeRules, receipts } = services;

  router.get('/lifetimes', async (_req, res) => {
    res.json(lifetimeRules);
  });

  router.post('/environments/:id/extend', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const environment = await audited(
      auditor,
      {
        eventId: INFRA_AUDIT_EVENTS.environmentExtend,
        request: req,
        meta: { environment: req.params.id },
      },
      () => lifetimes.extendEnvironment(req.params.id, { credentials }),
    );
    res.json(environment);
  });

  router.get('/environments/:id/dependents', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await lifetimes.listDependents(req.params.id, { credentials }));
  });

  router.get('/environments/:id/receipt', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json({
      receipt: await receipts.getReceipt(req.params.id, { credentials }),
    });
  });

  router.post('/environments/:id/receipt/scan', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const receipt = await audited(
      auditor,
      {
        eventId: INFRA_AUDIT_EVENTS.leftoversScan,
        request: req,
        meta: { environment: req.params.id },
      },
      () => receipts.scanLeftovers(req.params.id, { credentials }),
    );
    res.json(receipt);
  });
}
