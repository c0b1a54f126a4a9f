import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import policyModule from '@slipway/plugin-infra-scaffolder-backend-module-policy';
import type { PolicyFinding } from '@slipway/plugin-infra-scaffolder-common';
import {
  infraReviewExtensionPoint,
  type PolicyChecker,
} from '@slipway/plugin-infra-scaffolder-node';

/** What rules may say of a blueprint without denying it, and why that is taken. */
const TOLD = [
  {
    rule: 'no-plain-http',
    where: /^edge\//,
    reason: 'An environment without a domain name has no certificate.',
  },
];

/** What holds plans to the rules that come with the portal. */
export async function startChecker(): Promise<PolicyChecker> {
  let checker: PolicyChecker | undefined;
  await startTestBackend({
    features: [policyModule, mockServices.rootConfig.factory({ data: {} })],
    extensionPoints: [
      [
        infraReviewExtensionPoint,
        {
          setCostEstimator: () => {},
          setPolicyChecker: (brought: PolicyChecker) => {
            checker = brought;
          },
        },
      ],
    ],
  });
  return checker!;
}

/** In words, without what is taken. */
export function unreasoned(findings: PolicyFinding[]): string[] {
  return findings
    .filter(
      ({ rule, path = '' }) =>
        !TOLD.some(told => told.rule === rule && told.where.test(path)),
    )
    .map(({ rule, path, message }) => `${rule} ${path}: ${message}`);
}
