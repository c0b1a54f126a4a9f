import {
  exemptionQuerySchema,
  INFRA_AUDIT_EVENTS,
  newExemptionSchema,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Router } from 'express';
import { audited } from './audited';
import type { RouteServices } from './deps';
import { parse } from './parse';

/** The rules that plans are held to, and exemptions from them. */
export function addPolicyRoutes(router: Router, services: RouteServices) {
  const { httpAuth, auditor, exemptions, standingFindings } = services;

  router.get('/policies', async (req, res) => {
    await httpAuth.credentials(req);
    res.json(exemptions.policies());
  });

  router.get('/environments/:id/findings', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const applied = await standingFindings.of(req.params.id, { credentials });
    res.json({ applied: applied ?? null });
  });

  router.get('/exemptions', async (req, res) => {
    const { environmentId } = parse(exemptionQuerySchema, req.query);
    const credentials = await httpAuth.credentials(req);
    res.json({
      items: await exemptions.list(environmentId, { credentials }),
      mayGrant: await exemptions.mayGrant(environmentId, { credentials }),
    });
  });

  router.post('/exemptions', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const exemption = parse(newExemptionSchema, req.body);
    const granted = await audited(
      auditor,
      {
        eventId: INFRA_AUDIT_EVENTS.exemptionGrant,
        request: req,
        meta: { ...exemption },
      },
      () => exemptions.grant(exemption, { credentials }),
    );
    res.status(201).json(granted);
  });

  router.post('/exemption-requests', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const exemption = parse(newExemptionSchema, req.body);
    const asked = await audited(
      auditor,
      {
        eventId: INFRA_AUDIT_EVENTS.exemptionAsk,
        request: req,
        meta: { ...exemption },
      },
      () => exemptions.ask(exemption, { credentials }),
    );
    res.status(201).json(asked);
  });

  router.post('/exemptions/:id/grant', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const { id } = req.params;
    const granted = await audited(
      auditor,
      {
        eventId: INFRA_AUDIT_EVENTS.exemptionGrant,
        request: req,
        meta: { exemption: id },
      },
      () => exemptions.grantAsked(id, { credentials }),
    );
    res.json(granted);
  });

  router.post('/exemptions/:id/end', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const { id } = req.params;
    const ended = await audited(
      auditor,
      {
        eventId: INFRA_AUDIT_EVENTS.exemptionEnd,
        request: req,
        meta: { exemption: id },
      },
      () => exemptions.end(id, { credentials }),
    );
    res.json(ended);
  });
}
