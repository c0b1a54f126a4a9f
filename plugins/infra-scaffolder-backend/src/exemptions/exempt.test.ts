import type { PolicyFinding } from '@slipway/plugin-infra-scaffolder-common';
import { denial, exempt, type Exemption } from './exempt';

const finding: PolicyFinding = {
  rule: 'no-public-database',
  title: 'No public database',
  effect: 'deny',
  path: 'database/instance',
  message: 'The database can be reached.',
  mend: 'Set PubliclyAccessible to false.',
};
const day = (number: number) => new Date(Date.UTC(2026, 10, number));
const granted = (part: Partial<Exemption> = {}): Exemption => ({
  id: 'x',
  rule: finding.rule,
  environmentId: 'e1',
  resourcePattern: 'database/*',
  owner: 'group:default/storefront',
  reason: 'A drill.',
  grantedBy: 'user:default/ada',
  grantedAt: day(10),
  expiresAt: day(20),
  ...part,
});
const deniedAt = (at: Date, part?: Partial<Exemption>) =>
  denial({
    findings: exempt([finding], [granted(part)], { environmentId: 'e1', at }),
  }) !== undefined;

describe('exemptions', () => {
  it.each([
    ['before it is granted', day(9), {}, true],
    ['from when it is granted', day(10), {}, false],
    ['to the moment it expires', new Date(day(20).getTime() - 1), {}, false],
    ['once it has expired', day(20), {}, true],
    ['once it is revoked', day(15), { revokedAt: day(15) }, true],
    ['for another rule', day(15), { rule: 'no-open-ports' }, true],
    ['in another environment', day(15), { environmentId: 'e2' }, true],
    ['in every environment', day(15), { environmentId: undefined }, false],
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
      mend: 'Set PubliclyAccessible to false. Or have it exempted, then go on.',
    });
  });
});
