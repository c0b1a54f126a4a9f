import type { ResourceChange } from '@slipway/plugin-infra-scaffolder-common';
import { sampleUpdatePlan } from '../testing';
import { impactsOf, impactWords } from './impact';

const replaced = (
  type: string,
  part: Partial<ResourceChange> = {},
): ResourceChange => ({
  logicalId: 'X',
  type,
  path: 'group/x',
  action: 'replace',
  attributes: [{ path: 'Name', replaces: 'yes' }],
  ...part,
});

it('tells what is replaced and interrupted, the surest first, and why', () => {
  expect(
    impactsOf(sampleUpdatePlan().changes).map(({ path, kind, because }) => [
      path,
      kind,
      because,
    ]),
  ).toEqual([
    ['database/instance', 'replaced', ['StorageEncrypted']],
    ['database/replica', 'interrupted', ['DBInstanceClass']],
  ]);
});

it.each([
  ['snapshot', /final snapshot of the old one/],
  ['deleted', /automated backups go with the old one/],
  ['kept', /keeps the old one outside the environment/],
] as const)('says of a database whose old one is %s', (oldOne, words) => {
  const [{ details }] = impactsOf([
    replaced('AWS::RDS::DBInstance', { oldOne }),
  ]);
  expect(details).toMatch(words);
  expect(details).toMatch(/lost unless they are restored from a snapshot/);
  expect(details).toMatch(/does not say how long/);
});

it('says may where AWS decides later, and names the worst first in the sentence', () => {
  const changes = [
    replaced('AWS::EC2::Subnet', { path: 'network/a' }),
    replaced('AWS::SQS::Queue', { path: 'jobs/queue' }),
    replaced('AWS::RDS::DBInstance', {
      path: 'database/instance',
      attributes: [{ path: 'KmsKeyId', replaces: 'maybe' }],
    }),
  ];
  expect(impactsOf(changes).map(({ kind }) => kind)).toEqual([
    'replaced',
    'replaced',
    'maybe-replaced',
  ]);
  expect(impactWords(changes)).toBe(
    ' (database/instance: if AWS replaces it, it is unavailable while it is replaced, and its data are lost unless they are restored from a snapshot; jobs/queue: what it holds is lost; and 1 more)',
  );
  expect(impactWords([])).toBe('');
});
