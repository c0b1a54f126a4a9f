import fc from 'fast-check';
import { compareDecimals } from './decimals';
import {
  approvalOf,
  DEFAULT_APPROVAL_POLICY,
  whyMayNotDecide,
  type PlanToApprove,
} from './approvalPolicy';
import type { CostEstimate, Operation, ResourceChange } from './types';

const AT = new Date('2026-11-25T10:00:00Z');

function estimate(before: string, after: string): CostEstimate {
  return {
    pricesOf: '2026-11-01',
    region: 'us-east-1',
    monthlyBeforeUsd: before,
    monthlyUsd: after,
    lines: [],
    unpriced: [],
    assumptions: [],
  };
}

function change(
  action: ResourceChange['action'],
  type = 'AWS::RDS::DBInstance',
): ResourceChange {
  return {
    logicalId: 'Writer',
    type,
    path: 'database/writer',
    action,
    attributes: [],
  };
}

function reasons(
  operation: Operation,
  overrides: Partial<Omit<PlanToApprove, 'plan'>> &
    Partial<Pick<PlanToApprove['plan'], 'changes' | 'estimate'>> = {},
  policy: Partial<typeof DEFAULT_APPROVAL_POLICY> = {},
): string[] {
  const { changes = [], estimate: cost, ...rest } = overrides;
  return (
    approvalOf(
      {
        plan: { operation, changes, estimate: cost },
        accountId: '123456789012',
        size: 'dev',
        sizeBefore: 'dev',
        costIsUnknown: false,
        isUnattended: false,
        ...rest,
      },
      { ...DEFAULT_APPROVAL_POLICY, ...policy },
      AT,
    )?.reasons ?? []
  );
}

describe('which plans somebody else has to approve', () => {
  it('lets what is small and not production pass', () => {
    for (const operation of ['create', 'update', 'destroy'] as const) {
      expect(reasons(operation)).toEqual([]);
    }
    expect(reasons('create', { estimate: estimate('0', '1000.0000') })).toEqual(
      [],
    );
  });

  it.each([
    ['create', 'Creates a production environment'],
    ['update', 'Changes a production environment'],
    ['destroy', 'Destroys a production environment'],
  ] as const)('holds back what touches production: %s', (operation, reason) => {
    const prod = { size: 'prod', sizeBefore: 'prod' };
    expect(reasons(operation, prod)).toEqual([reason]);
    expect(
      reasons(operation, {}, { productionAccounts: ['123456789012'] }),
    ).toEqual([reason]);
    expect(reasons(operation, { ...prod, isUnattended: true })).toEqual([
      reason,
    ]);
  });

  it('takes a change from production to a smaller size for one of production', () => {
    expect(reasons('update', { sizeBefore: 'prod' })).toEqual([
      'Changes a production environment',
    ]);
  });

  it('names the amount and the limit where a plan raises the cost above it', () => {
    expect(reasons('create', { estimate: estimate('0', '1240.0000') })).toEqual(
      ['$1,240 a month is above $1,000'],
    );
    expect(
      reasons('update', { estimate: estimate('900', '1000.0100') }),
    ).toEqual(['$1,000.01 a month is above $1,000']);
    expect(reasons('update', { estimate: estimate('1500', '1400') })).toEqual(
      [],
    );
    expect(
      reasons(
        'create',
        { estimate: estimate('0', '99999') },
        { monthlyAboveUsd: undefined },
      ),
    ).toEqual([]);
  });

  it('holds back what could not be priced', () => {
    expect(reasons('create', { costIsUnknown: true })).toEqual([
      'What it costs could not be worked out',
    ]);
    expect(reasons('destroy', { costIsUnknown: true })).toEqual([]);
  });

  it('names each database that is replaced or deleted, of either engine', () => {
    expect(
      reasons('update', {
        changes: [
          change('replace'),
          change('delete', 'aws_rds_cluster'),
          change('update'),
          change('replace', 'AWS::EC2::SecurityGroup'),
        ],
      }),
    ).toEqual([
      'Replaces the database database/writer',
      'Deletes the database database/writer',
    ]);
    expect(reasons('destroy', { changes: [change('delete')] })).toEqual([]);
  });

  it('spares an expiry, to which its author consented, unless it is production', () => {
    const always = { destroy: 'always' } as const;
    expect(reasons('destroy', {}, always)).toEqual(['Destroys an environment']);
    expect(reasons('destroy', { isUnattended: true }, always)).toEqual([]);
    expect(
      reasons('destroy', { isUnattended: true, size: 'prod' }, always),
    ).toEqual(['Destroys a production environment']);
  });

  it('lapses after the days that policy gives', () => {
    const approval = approvalOf(
      {
        plan: { operation: 'destroy', changes: [] },
        accountId: '1',
        size: 'prod',
        sizeBefore: 'prod',
        costIsUnknown: false,
        isUnattended: false,
      },
      { ...DEFAULT_APPROVAL_POLICY, lapsesAfterDays: 0.5 },
      AT,
    );
    expect(approval?.expiresAt).toBe('2026-11-25T22:00:00.000Z');
  });
});

describe('who may not decide', () => {
  const authors = ['user:default/maya'];
  it.each([
    ['user:default/ada', undefined],
    [
      'user:default/maya',
      'You asked for this or confirmed it. Somebody else has to decide.',
    ],
    ['plugin:scaffolder', 'Only a person may decide on a plan.'],
    ['unknown', 'Only a person may decide on a plan.'],
  ])('%s', (actor, reason) => {
    expect(whyMayNotDecide(actor, authors)).toBe(reason);
  });
});

describe('decimal text', () => {
  it('is compared as numbers of any length are', () => {
    const decimal = fc
      .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.nat(8))
      .map(([units, zeros]) => {
        const digits = (units < 0n ? -units : units)
          .toString()
          .padStart(5, '0');
        const text = `${units < 0n ? '-' : ''}${digits.slice(
          0,
          -4,
        )}.${digits.slice(-4)}${'0'.repeat(zeros)}`;
        return { units, text };
      });
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        const expected = a.units < b.units ? -1 : Number(a.units > b.units);
        expect(compareDecimals(a.text, b.text)).toBe(expected);
      }),
    );
  });

  it.each(['1e3', '', '1,000', 'NaN', '.5'])('is not "%s"', text => {
    expect(() => compareDecimals(text, '0')).toThrow('is not a decimal number');
  });
});
