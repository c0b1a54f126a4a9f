import {
  exemptionCovers,
  type PolicyFinding,
} from '@slipway/plugin-infra-scaffolder-common';
import fc from 'fast-check';
import { denial, exempt, type Grant } from './exempt';

const finding: PolicyFinding = {
  rule: 'no-public-database',
  title: 'No public database',
  effect: 'deny',
  path: 'database/instance',
  message: 'The database can be reached.',
  mend: 'Set PubliclyAccessible to false.',
};
const day = (number: number) => new Date(Date.UTC(2026, 10, number));
const on = (number: number) => day(number).toISOString();
const granted = (part: Partial<Grant> = {}): Grant => ({
  rule: finding.rule,
  environment: { id: 'e1', name: 'shop-dev' },
  resourcePattern: 'database/*',
  owner: 'group:default/storefront',
  reason: 'A drill.',
  grantedAt: on(10),
  expiresAt: on(20),
  ...part,
});
const deniedAt = (at: Date, part?: Partial<Grant>) =>
  denial({
    findings: exempt([finding], [granted(part)], { environmentId: 'e1', at }),
  }) !== undefined;

describe('exemptions', () => {
  it.each([
    ['before it is granted', day(9), {}, true],
    ['that nobody has granted', day(15), { grantedAt: undefined }, true],
    ['from when it is granted', day(10), {}, false],
    ['to the moment it expires', new Date(day(20).getTime() - 1), {}, false],
    ['once it has expired', day(20), {}, true],
    ['once it is taken back', day(15), { endedAt: on(15) }, true],
    ['until it is taken back', day(14), { endedAt: on(15) }, false],
    ['for another rule', day(15), { rule: 'no-open-ports' }, true],
    [
      'in another environment',
      day(15),
      { environment: { id: 'e2', name: 'shop-prod' } },
      true,
    ],
    ['in every environment', day(15), { environment: undefined }, false],
    ['for another resource', day(15), { resourcePattern: 'database' }, true],
    [
      'by signs that are no pattern',
      day(15),
      { resourcePattern: 'database.instance' },
      true,
    ],
  ])('%s', (_, at, part, denied) => {
    expect(deniedAt(at, part)).toBe(denied);
  });

  it('are not kept from an earlier look', () => {
    const old = exempt([finding], [granted()], {
      environmentId: 'e1',
      at: day(15),
    });
    const now = exempt(old, [granted()], { environmentId: 'e1', at: day(25) });
    expect(denial({ findings: now })).toEqual({
      message:
        'Rule no-public-database denies the plan, for database/instance: The database can be reached.',
      mend: 'Set PubliclyAccessible to false. Then plan again. Or have it exempted and go on.',
    });
  });

  it('never let through what only warns, because that is never denied', () => {
    const told: PolicyFinding = { ...finding, effect: 'warn' };
    expect(denial({ findings: [told] })).toBeUndefined();
  });
});

describe('patterns of exemptions', () => {
  const covers = (resourcePattern: string, path: string) =>
    exemptionCovers({ rule: 'r', resourcePattern }, { rule: 'r', path });

  it('cover what their stars can stand for, and no more', () => {
    const letters = (...from: string[]) =>
      fc
        .array(fc.constantFrom(...from), { maxLength: 8 })
        .map(each => each.join(''));
    fc.assert(
      fc.property(
        letters('a', 'b', '*'),
        letters('a', 'b'),
        (pattern, path) => {
          const expected = new RegExp(`^${pattern.replaceAll('*', '.*')}$`);
          expect(covers(pattern, path)).toBe(expected.test(path));
        },
      ),
    );
  });

  it('take no time to speak of, however many stars there are', () => {
    expect(covers(`${'*a'.repeat(100)}b`, 'a'.repeat(10_000))).toBe(false);
  });
});
