import {
  INFRA_AUDIT_EVENTS,
  acceptDriftSchema,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Router } from 'express';
import { audited } from './audited';
import type { RouteServices } from './deps';
import { parse } from './parse';

/** What is no longer as it was applied, and what becomes of it. */
export function addDriftRoutes(router: Router, services: RouteServices) {
  const { httpAuth, auditor, drift } = services;

  router.get('/drift', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await drift.fleetDrift({ credentials }));
  });

  router.get('/environments/:id/drift', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await drift.getDrift(req.params.id, { credentials }));
  });

  router.get('/environments/:id/drift/detections', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json({
      items: await drift.listDetections(req.params.id, { credentials }),
    });
  });

  router.get('/environments/:id/drift/acceptance', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json({
      items: await drift.listAcceptance(req.params.id, { credentials }),
    });
  });

  router.post('/environments/:id/drift/check', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const report = await audited(
      auditor,
      {
        eventId: INFRA_AUDIT_EVENTS.driftCheck,
        request: req,
        meta: { environment: req.params.id },
      },
      () => drift.checkDrift(req.params.id, { credentials }),
    );
    res.status(202).json(report);
  });

  router.post('/environments/:id/drift/accept', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const { attributes } = parse(acceptDriftSchema, req.body);
    const started = await audited(
      auditor,
      {
        eventId: INFRA_AUDIT_EVENTS.driftAccept,
        request: req,
        meta: { environment: req.params.id, attributes },
      },
      () => drift.acceptDrift(req.params.id, attributes, { credentials }),
    );
    res.status(202).json(started);
  });

  router.post('/environments/:id/drift/revert', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const started = await audited(
      auditor,
      {
        eventId: INFRA_AUDIT_EVENTS.driftRevert,
        request: req,
        meta: { environment: req.params.id },
      },
      () => drift.revertDrift(req.params.id, { credentials }),
    );
    res.status(202).json(started);
  });
}
