import {
  INFRA_AUDIT_EVENTS,
  freezeRequestSchema,
  leaseRenewalSchema,
  leaseRequestSchema,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Router } from 'express';
import { audited } from './audited';
import type { RouteServices } from './deps';
import { parse } from './parse';

/** Freezes and leases: how people and other plugins keep runs away from an environment. */
export function addHoldRoutes(router: Router, services: RouteServices) {
  const { httpAuth, auditor, environments } = services;

  router.put('/environments/:id/freeze', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const { reason } = parse(freezeRequestSchema, req.body);
    await audited(
      auditor,
      {
        eventId: INFRA_AUDIT_EVENTS.environmentFreeze,
        request: req,
        meta: { environment: req.params.id, reason },
      },
      () => environments.freeze(req.params.id, reason, { credentials }),
    );
    res.status(204).end();
  });

  router.delete('/environments/:id/freeze', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    await audited(
      auditor,
      {
        eventId: INFRA_AUDIT_EVENTS.environmentUnfreeze,
        request: req,
        meta: { environment: req.params.id },
      },
      () => environments.unfreeze(req.params.id, { credentials }),
    );
    res.status(204).end();
  });

  router.post('/environments/:id/leases', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const lease = parse(leaseRequestSchema, req.body);
    const acquired = await audited(
      auditor,
      {
        eventId: INFRA_AUDIT_EVENTS.leaseAcquire,
        request: req,
        meta: { environment: req.params.id, reason: lease.reason },
      },
      () => environments.acquireLease(req.params.id, lease, { credentials }),
    );
    res.status(201).json(acquired);
  });

  router.put('/environments/:id/leases/:leaseId', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const { id, leaseId } = req.params;
    const { seconds } = parse(leaseRenewalSchema, req.body);
    const renewed = await audited(
      auditor,
      {
        eventId: INFRA_AUDIT_EVENTS.leaseRenew,
        request: req,
        meta: { environment: id, leaseId },
      },
      () => environments.renewLease(id, leaseId, seconds, { credentials }),
    );
    res.json(renewed);
  });

  router.delete('/environments/:id/leases/:leaseId', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const { id, leaseId } = req.params;
    await audited(
      auditor,
      {
        eventId: INFRA_AUDIT_EVENTS.leaseRelease,
        request: req,
        meta: { environment: id, leaseId },
      },
      () => environments.releaseLease(id, leaseId, { credentials }),
    );
    res.status(204).end();
  });
}
