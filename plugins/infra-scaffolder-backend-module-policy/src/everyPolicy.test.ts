import type { Policy } from '@slipway/plugin-infra-scaffolder-common';
import { PAIRS } from './__testUtils__/pairs';
import { checkerWith, planOf, type SmallResource } from './__testUtils__/plans';

/** Their pairs are plans as a whole: starterRules.test.ts. */
const ABOUT_PLANS = ['team-monthly-ceiling', 'team-estimate-complete'];

const checker = checkerWith();
const policies = checker
  .rules()
  .flatMap(({ rule, policies: own }) =>
    own.map(policy => ({ rule, policy, id: policy.id })),
  );

/** What the message of a policy looks like with anything in place of its names. */
function saidBy({ message }: Policy): RegExp {
  return new RegExp(
    message
      .split(/\{[\w.]+\}/)
      .map(part => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
      .join('.*'),
  );
}

async function said(resource: SmallResource, size?: string) {
  const findings = await checker.check(planOf([resource], { size }));
  return findings.map(({ rule, message }) => `${rule}: ${message}`).join('\n');
}

describe('every policy that comes with the module', () => {
  it('has a plan that is against it and one that is not', () => {
    expect(Object.keys(PAIRS).sort()).toEqual(
      policies
        .map(({ id }) => id)
        .filter(id => !ABOUT_PLANS.includes(id))
        .sort(),
    );
  });

  it.each(policies.filter(({ id }) => !ABOUT_PLANS.includes(id)))(
    '$id',
    async ({ rule, policy, id }) => {
      const { against, within, size } = PAIRS[id];
      const message = saidBy(policy);
      const found = await said(against, size);
      expect(found).toMatch(message);
      expect(found).toContain(`${rule}: `);
      expect(await said(within, size)).not.toMatch(message);
    },
  );
});
