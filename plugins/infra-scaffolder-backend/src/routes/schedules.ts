import {
  INFRA_AUDIT_EVENTS,
  setScheduleSchema,
  sleepPlanRequestSchema,
  wakeRequestSchema,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Router } from 'express';
import { audited } from './audited';
import type { RouteServices } from './deps';
import { parse } from './parse';

/** When environments are up, and what is stopped of them when they are not. */
export function addScheduleRoutes(router: Router, services: RouteServices) {
  const { httpAuth, auditor, schedules } = services;

  router.post('/environments/:id/sleep-plan', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const { hours } = parse(sleepPlanRequestSchema, req.body);
    res.json(await schedules.planSleep(req.params.id, hours, { credentials }));
  });

  router.put('/environments/:id/schedule', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const request = parse(setScheduleSchema, req.body);
    const environment = await audited(
      auditor,
      {
        eventId: INFRA_AUDIT_EVENTS.scheduleSet,
        request: req,
        meta: { environment: req.params.id, planHash: request.planHash },
      },
      () => schedules.setSchedule(req.params.id, request, { credentials }),
    );
    res.json(environment);
  });

  router.delete('/environments/:id/schedule', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const environment = await audited(
      auditor,
      {
        eventId: INFRA_AUDIT_EVENTS.scheduleRemove,
        request: req,
        meta: { environment: req.params.id },
      },
      () => schedules.removeSchedule(req.params.id, { credentials }),
    );
    res.json(environment);
  });

  router.post('/environments/:id/wake', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const { hours } = parse(wakeRequestSchema, req.body ?? {});
    const environment = await audited(
      auditor,
      {
        eventId: INFRA_AUDIT_EVENTS.environmentWake,
        request: req,
        meta: { environment: req.params.id, hours },
      },
      () => schedules.wakeNow(req.params.id, hours, { credentials }),
    );
    res.json(environment);
  });

  router.post('/environments/:id/sleep', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const environment = await audited(
      auditor,
      {
        eventId: INFRA_AUDIT_EVENTS.environmentSleep,
        request: req,
        meta: { environment: req.params.id },
      },
      () => schedules.sleepNow(req.params.id, { credentials }),
    );
    res.json(environment);
  });
}
