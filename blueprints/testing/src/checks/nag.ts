import { AwsSolutionsChecks } from 'cdk-nag';
import { LIBRARY } from './accepted';
import { inputFor, type Subject, synthesize } from '../subject';

/** Findings of cdk-nag that are taken as they are, and why. @public */
export interface Acceptance {
  /** How the finding begins, e.g. `AwsSolutions-S1` or `AwsSolutions-IAM5[Resource::*]`. */
  rule: string;
  /** Constructs by path below the stack. */
  where: RegExp;
  reason: string;
}

/** `AwsSolutions-S1` is not the beginning of `AwsSolutions-S10`. */
function matches(finding: string, rule: string): boolean {
  return (
    finding === rule ||
    finding.startsWith(rule.includes('[') ? rule : `${rule}[`)
  );
}

/** cdk-nag's AwsSolutions pack finds nothing but what is accepted, and no acceptance is idle. @public */
export function describeNag(subject: Subject, accepted: Acceptance[]): void {
  const { blueprint, production, everything } = subject;
  const acceptances = [...LIBRARY, ...accepted];
  const cases = [
    ...Object.keys(blueprint.sizes).map(size => ({ size, parameters: {} })),
    { size: production, parameters: everything },
  ];

  describe('cdk-nag AwsSolutions', () => {
    const used = new Set<Acceptance>();
    it.each(cases)(
      'finds nothing unreasoned in $size $parameters',
      ({ size, parameters }) => {
        const input = inputFor(subject, size, parameters);
        const { stack } = synthesize(subject, input);
        const { violations } = new AwsSolutionsChecks().validateScope(stack);
        const open = violations.flatMap(({ ruleName, violatingResources }) =>
          violatingResources
            .map(({ constructPath = '' }) =>
              constructPath.replace(/^environment\//, ''),
            )
            .filter(path => {
              const found = acceptances.filter(
                ({ rule, where }) =>
                  matches(ruleName, rule) && where.test(path),
              );
              found.forEach(each => used.add(each));
              return found.length === 0;
            })
            .map(path => `${ruleName} ${path}`),
        );
        expect(open).toEqual([]);
      },
    );

    it('has no acceptance of its own that nothing needs', () => {
      expect(accepted.filter(each => !used.has(each))).toEqual([]);
      for (const { reason } of acceptances) expect(reason).toMatch(/\.$/);
    });
  });
}
