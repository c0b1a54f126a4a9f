import {
  cidrProposalSchema,
  partialEnvironmentRequestSchema,
  type Target,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Router } from 'express';
import { quotasOf, whyFull } from '../services/checkQuotas';
import { checkTarget } from '../services/checkTarget';
import { RequestIssuesError } from '../services/RequestIssuesError';
import type { RouteServices } from './deps';
import { parse } from './parse';

/** What can be asked for, and whether a request would be taken. Nothing here changes anything. */
export function addCatalogueRoutes(router: Router, services: RouteServices) {
  const { httpAuth, aws, blueprints, engines } = services;

  router.get('/blueprints', async (_req, res) => {
    res.json({ items: blueprints.list() });
  });

  router.get('/targets', async (_req, res) => {
    const holders = await services.environmentStore.holders();
    const items = aws.targets().map((target): Target => {
      const { accountId, name, regions, sizes } = target;
      const quotas = quotasOf(target, holders);
      const whyNot = whyFull(target, holders);
      return { accountId, name, regions, sizes, quotas, whyNot };
    });
    res.json({ items });
  });

  router.get('/engines', async (_req, res) => {
    res.json({ items: await engines.availabilities() });
  });

  router.post('/cidr-proposals', async (req, res) => {
    const proposal = parse(cidrProposalSchema, req.body);
    const issues = checkTarget(proposal, aws);
    if (issues.length > 0) {
      throw new RequestIssuesError(issues);
    }
    const holders = await services.environmentStore.holders();
    res.json({
      cidr: services.addressPlan.propose(holders, proposal.prefixLength),
    });
  });

  router.post('/environment-checks', async (req, res) => {
    const draft = parse(partialEnvironmentRequestSchema, req.body);
    const credentials = await httpAuth.credentials(req);
    res.json({ issues: await services.checker.check(draft, credentials) });
  });
}
