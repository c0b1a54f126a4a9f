import {
  INFRA_AUDIT_EVENTS,
  approvalDecisionSchema,
  approvalQuerySchema,
  type ApprovalDecision,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Router } from 'express';
import { audited } from './audited';
import type { RouteServices } from './deps';
import { parse } from './parse';

const EVENTS: Record<ApprovalDecision, string> = {
  approve: INFRA_AUDIT_EVENTS.planApprove,
  reject: INFRA_AUDIT_EVENTS.planReject,
  revoke: INFRA_AUDIT_EVENTS.planApprovalRevoke,
};

export function addApprovalRoutes(router: Router, services: RouteServices) {
  const { httpAuth, auditor, approvals } = services;

  router.get('/approvals', async (req, res) => {
    const { state } = parse(approvalQuerySchema, req.query);
    const credentials = await httpAuth.credentials(req);
    res.json({ items: await approvals.list(state, { credentials }) });
  });

  router.get('/runs/:id/approval', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await approvals.get(req.params.id, { credentials }));
  });

  router.post('/runs/:id/approval', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const decision = parse(approvalDecisionSchema, req.body);
    const approval = await audited(
      auditor,
      {
        eventId: EVENTS[decision.decision],
        request: req,
        meta: {
          run: req.params.id,
          planHash: decision.planHash,
          ...(decision.comment && { comment: decision.comment }),
        },
      },
      () => approvals.decide(req.params.id, decision, { credentials }),
    );
    res.json(approval);
  });
}
