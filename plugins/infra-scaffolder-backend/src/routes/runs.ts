import {
  INFRA_AUDIT_EVENTS,
  confirmRequestSchema,
  eventsQuerySchema,
  runCommandSchema,
} from '@slipway/plugin-infra-scaffolder-common';
import { streamRunEvents } from '@slipway/plugin-runs-node';
import type { Router } from 'express';
import { audited } from './audited';
import type { RouteServices } from './deps';
import { parse } from './parse';

export function addRunRoutes(router: Router, services: RouteServices) {
  const { httpAuth, auditor, environmentRuns, authorizer, runEngine } =
    services;

  router.get('/runs/:id', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const found = await environmentRuns.get(req.params.id, { credentials });
    const allowed = await authorizer.allowed(found.environment, credentials);
    res.json({ ...found, allowed });
  });

  router.get('/runs/:id/plan', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const plan = await environmentRuns.plan(req.params.id, { credentials });
    res.json({ plan: plan ?? null });
  });

  router.get('/runs/:id/events', async (req, res) => {
    const { after } = parse(eventsQuerySchema, req.query);
    const credentials = await httpAuth.credentials(req);
    res.json({
      items: await environmentRuns.events(req.params.id, {
        credentials,
        after,
      }),
    });
  });

  router.get('/runs/:id/stream', async (req, res) => {
    parse(eventsQuerySchema, req.query);
    const credentials = await httpAuth.credentials(req);
    const { run } = await environmentRuns.get(req.params.id, { credentials });
    await streamRunEvents({ engine: runEngine, runId: run.id, req, res });
  });

  router.post('/runs/:id/confirm', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const { planHash } = parse(confirmRequestSchema, req.body);
    await audited(
      auditor,
      {
        eventId: INFRA_AUDIT_EVENTS.planConfirm,
        request: req,
        meta: { run: req.params.id, planHash },
      },
      () => environmentRuns.confirm(req.params.id, planHash, { credentials }),
    );
    res.status(204).end();
  });

  router.post('/runs/:id/commands', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const command = parse(runCommandSchema, req.body);
    const run = await audited(
      auditor,
      {
        eventId: INFRA_AUDIT_EVENTS.runCommand,
        request: req,
        meta: { run: req.params.id, ...command },
      },
      () => environmentRuns.command(req.params.id, command, { credentials }),
    );
    res.json(run);
  });
}
