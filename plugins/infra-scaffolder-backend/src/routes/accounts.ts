import { INFRA_AUDIT_EVENTS } from '@slipway/plugin-infra-scaffolder-common';
import type { Router } from 'express';
import { audited } from './audited';
import type { RouteServices } from './deps';

/** The accounts that environments are made in, and whether they are ready for them. */
export function addAccountRoutes(router: Router, services: RouteServices) {
  const { httpAuth, auditor, accounts } = services;

  router.get('/accounts', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    res.json(await accounts.listAccounts({ credentials }));
  });

  router.post('/accounts/:id/checks', async (req, res) => {
    const credentials = await httpAuth.credentials(req);
    const account = await audited(
      auditor,
      {
        eventId: INFRA_AUDIT_EVENTS.accountCheck,
        request: req,
        meta: { account: req.params.id },
      },
      () => accounts.checkAccount(req.params.id, { credentials }),
    );
    res.json(account);
  });
}
