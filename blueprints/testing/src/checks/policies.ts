import type { PolicyChecker } from '@slipway/plugin-infra-scaffolder-node';
import { planOf } from '../planOf';
import type { Subject } from '../subject';
import { startChecker, unreasoned } from './starterRules';

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
      checker = await startChecker();
    }, 30_000);

    it.each(cases)(
      'let $size $parameters be made',
      async ({ size, parameters }) => {
        const plan = planOf(subject, size, parameters);
        expect(unreasoned(await checker.check(plan))).toEqual([]);
      },
      30_000,
    );
  });
}
