import type {
  PolicyFinding,
  PolicyRule,
} from '@slipway/plugin-infra-scaffolder-common';
import type {
  PlanToReview,
  PolicyChecker,
} from '@slipway/plugin-infra-scaffolder-node';

/** Holds plans to one rule: no environment whose name says that it is open. */
export class FakeChecker implements PolicyChecker {
  readonly seen: PlanToReview[] = [];

  rules(): PolicyRule[] {
    return [
      {
        rule: 'no-open',
        title: 'Nothing is open',
        effect: 'deny',
        policies: [],
      },
    ];
  }

  async check(plan: PlanToReview): Promise<PolicyFinding[]> {
    this.seen.push(plan);
    return plan.environment.name.startsWith('open') &&
      plan.operation !== 'destroy'
      ? [
          {
            rule: 'no-open',
            title: 'Nothing is open',
            effect: 'deny',
            logicalId: 'Database',
            type: 'AWS::Fake::Thing',
            path: 'database',
            message: 'The database is open.',
            mend: 'Close it.',
          },
        ]
      : [];
  }
}
