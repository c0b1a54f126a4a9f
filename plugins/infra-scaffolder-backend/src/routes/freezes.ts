import {
  INFRA_AUDIT_EVENTS,
  freezeOutlookQuerySchema,
  freezeOverrideSchema,
  freezePeriodSchema,
  freezeQuerySchema,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Router } from 'express';
import { audited } from './audited';
import type { RouteServices } from './deps';
import { parse } from './parse';

/** The calendar of change freezes. */
export function addFreezeRoutes(router: Router, services: RouteServices) {
  const { httpAuth, auditor, freezes } = services;

  router.get('/freezes', async (req, res) => {
    const { includeEnded } = parse(freezeQuerySchema, req.query);
    const credentials = await httpAuth.credentials(req);
    res.json({
      items: await freezes.list({ credentials, includeEnded }),
      mayManage: await freezes.mayManage({ credentials }),
    });
  });

  router.get('/freeze-outlook', async (req, res) => {
    await httpAuth.credentials(req);
    res.json(await freezes.outlook(parse(freezeOutlookQuerySchema, req.query)));
  });

  router.post('/freezes', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const period = parse(freezePeriodSchema, req.body);
    const created = await audited(
      auditor,
      {
        eventId: INFRA_AUDIT_EVENTS.freezeCreate,
        request: req,
        meta: { ...period },
      },
      () => freezes.create(period, { credentials }),
    );
    res.status(201).json(created);
  });

  router.put('/freezes/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const { id } = req.params;
    const period = parse(freezePeriodSchema, req.body);
    const updated = await audited(
      auditor,
      {
        eventId: INFRA_AUDIT_EVENTS.freezeUpdate,
        request: req,
        meta: { freeze: id, ...period },
      },
      () => freezes.update(id, period, { credentials }),
    );
    res.json(updated);
  });

  router.delete('/freezes/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const { id } = req.params;
    await audited(
      auditor,
      {
        eventId: INFRA_AUDIT_EVENTS.freezeRemove,
        request: req,
        meta: { freeze: id },
      },
      () => freezes.remove(id, { credentials }),
    );
    res.status(204).end();
  });

  router.post('/runs/:id/freeze-override', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const override = parse(freezeOverrideSchema, req.body);
    await audited(
      auditor,
      {
        eventId: INFRA_AUDIT_EVENTS.freezeOverride,
        request: req,
        meta: { run: req.params.id, ...override },
      },
      () => freezes.override(req.params.id, override, { credentials }),
    );
    res.status(204).end();
  });
}
