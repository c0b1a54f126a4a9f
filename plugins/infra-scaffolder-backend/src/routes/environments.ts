import {
  INFRA_AUDIT_EVENTS,
  destroyRequestSchema,
  environmentQuerySchema,
  environmentRequestSchema,
  environmentUpdateSchema,
  idempotencyKeySchema,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Router } from 'express';
import { RequestIssuesError } from '../services/RequestIssuesError';
import { audited } from './audited';
import type { RouteServices } from './deps';
import { parse } from './parse';

function readIdempotencyKey(header: string | undefined): string {
  if (header === undefined) {
    throw new RequestIssuesError([
      {
        path: '',
        message:
          'Send an Idempotency-Key header, so that a request sent twice makes one environment.',
      },
    ]);
  }
  return parse(idempotencyKeySchema, header);
}

export function addEnvironmentRoutes(router: Router, services: RouteServices) {
  const { httpAuth, auditor, environments, authorizer } = services;

  router.get('/environments', async (req, res) => {
    const query = parse(environmentQuerySchema, req.query);
    const credentials = await httpAuth.credentials(req);
    res.json(await environments.list(query, { credentials }));
  });

  router.post('/environments', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const idempotencyKey = readIdempotencyKey(req.header('idempotency-key'));
    const request = parse(environmentRequestSchema, req.body);
    const created = await audited(
      auditor,
      {
        eventId: INFRA_AUDIT_EVENTS.environmentCreate,
        request: req,
        meta: { name: request.name, owner: request.owner },
      },
      () => environments.create(request, { credentials, idempotencyKey }),
    );
    res.status(201).json(created);
  });

  router.get('/environments/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const environment = await environments.get(req.params.id, { credentials });
    const allowed = await authorizer.allowed(environment, credentials);
    res.json({ ...environment, allowed });
  });

  router.post('/environments/:id/update', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const update = parse(environmentUpdateSchema, req.body);
    const started = await audited(
      auditor,
      {
        eventId: INFRA_AUDIT_EVENTS.environmentUpdate,
        request: req,
        meta: { environment: req.params.id },
      },
      () => environments.update(req.params.id, update, { credentials }),
    );
    res.status(202).json(started);
  });

  router.post('/environments/:id/destroy', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const { confirmName, despiteDependents } = parse(
      destroyRequestSchema,
      req.body,
    );
    const started = await audited(
      auditor,
      {
        eventId: INFRA_AUDIT_EVENTS.environmentDestroy,
        request: req,
        meta: {
          environment: req.params.id,
          ...(despiteDependents && { despiteDependents }),
        },
      },
      () =>
        environments.destroy(req.params.id, confirmName, {
          credentials,
          despiteDependents,
        }),
    );
    res.status(202).json(started);
  });

  router.get('/environments/:id/resources', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await environments.listResources(req.params.id, { credentials }));
  });

  router.get('/environments/:id/runs', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json({
      items: await environments.listRuns(req.params.id, { credentials }),
    });
  });

  router.get('/environments/:id/activity', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json({
      items: await environments.listActivity(req.params.id, { credentials }),
    });
  });
}
