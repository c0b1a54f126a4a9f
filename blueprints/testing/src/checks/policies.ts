import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import policyModule from '@slipway/plugin-infra-scaffolder-backend-module-policy';
import {
  infraReviewExtensionPoint,
  type PolicyChecker,
} from '@slipway/plugin-infra-scaffolder-node';
import { planOf } from '../planOf';
import type { Subject } from '../subject';

/** What rules may say of a blueprint without denying it. @public */
export interface Told {
  rule: string;
  /** Constructs by path below the stack. */
  where: RegExp;
  reason: string;
}

/** Without a domain name there is no certificate, so there is no HTTPS to lead users to. */
const LIBRARY: Told[] = [
  {
    rule: 'no-plain-http',
    where: /^edge\//,
    reason: 'An environment without a domain name has no certificate.',
  },
];

/**
 * The starter rules deny nothing of the blueprint, at any size, and tell nothing but what is accepted.
 * @public
 */
export function describePolicies(subject: Subject): void {
  const { blueprint, production, everything } = subject;
  const cases = [
    ...Object.keys(blueprint.sizes).map(size => ({ size, parameters: {} })),
    { size: production, parameters: everything },
  ];

  describe('the starter rules', () => {
    let checker: PolicyChecker;

    beforeAll(async () => {
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
    }, 30_000);

    it.each(cases)(
      'let $size $parameters be made',
      async ({ size, parameters }) => {
        const findings = await checker.check(planOf(subject, size, parameters));
        const open = findings.filter(
          ({ rule, path = '' }) =>
            !LIBRARY.some(told => told.rule === rule && told.where.test(path)),
        );
        expect(
          open.map(({ rule, path, message }) => `${rule} ${path}: ${message}`),
        ).toEqual([]);
      },
      30_000,
    );
  });
}
