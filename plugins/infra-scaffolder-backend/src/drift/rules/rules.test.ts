import type { DriftFinding } from '@slipway/plugin-infra-scaffolder-common';
import { CHANGED_BY_AWS } from './changedByAws';
import { chooseCause, type TrailEvent } from './chooseCause';
import { explainedDrift } from './explainedDrift';
import { groupByCause } from './groupByCause';

const SINCE = new Date('2026-11-25T08:00:00.400Z');

function event(name: string, at: string, part: Partial<TrailEvent> = {}) {
  return {
    eventId: `${name} ${at}`,
    name,
    at,
    service: 'rds.amazonaws.com',
    actor: 'Operators/sam',
    isRead: false,
    resources: ['shop-db'],
    parameters: { dBInstanceIdentifier: 'shop-db' },
    ...part,
  };
}

function causeOf(events: TrailEvent[], attribute?: string) {
  return chooseCause(events, { names: ['shop-db'], attribute, since: SINCE });
}

describe('the cause of drift', () => {
  const modify = event('ModifyDBInstance', '2026-11-25T09:00:00.000Z', {
    parameters: { dBInstanceIdentifier: 'shop-db', backupRetentionPeriod: '9' },
  });
  const reboot = event('RebootDBInstance', '2026-11-25T10:00:00.000Z');

  it('is the call that names the attribute, before newer ones that do not', () => {
    expect(causeOf([modify, reboot], 'BackupRetentionPeriod')).toMatchObject({
      known: true,
      call: 'ModifyDBInstance',
      actor: 'Operators/sam',
      because: 'names-it',
    });
    expect(causeOf([modify, reboot], 'MultiAZ')).toMatchObject({
      call: 'RebootDBInstance',
      because: 'newest-call',
    });
    expect(causeOf([reboot], 'MultiAZ')).toMatchObject({
      because: 'only-call',
    });
  });

  it('of what is gone is the call that deleted it', () => {
    const gone = event('DeleteDBInstance', '2026-11-25T08:30:00.000Z');
    expect(causeOf([gone, reboot])).toMatchObject({
      call: 'DeleteDBInstance',
      because: 'names-it',
    });
  });

  it.each([
    ['only read', { isRead: true }],
    ['was refused', { errorCode: 'AccessDenied' }],
    ['CloudFormation made', { from: 'cloudformation.amazonaws.com' }],
    ['was made before it was last in sync', { at: '2026-11-25T07:59:59.000Z' }],
    [
      'is about another one',
      { resources: ['other'], parameters: { dBInstanceIdentifier: 'other' } },
    ],
  ])('is never a call that %s', (_, part) => {
    expect(causeOf([{ ...modify, ...part }])).toMatchObject({ known: false });
  });

  it('may be of the same second, which CloudTrail does not tell closer', () => {
    expect(
      causeOf([{ ...modify, at: '2026-11-25T08:00:00.000Z' }], 'MultiAZ'),
    ).toMatchObject({ known: true });
  });

  it('is found by an ARN that ends in the name', () => {
    const tagged = event('AddTagsToResource', '2026-11-25T09:00:00.000Z', {
      resources: [],
      parameters: { resourceName: 'arn:aws:rds:us-east-1:1:db:shop-db' },
    });
    expect(causeOf([tagged], 'Tags.0.Value')).toMatchObject({
      call: 'AddTagsToResource',
      because: 'names-it',
    });
  });
});

describe('what AWS changes by itself', () => {
  const unexplained = (
    type: string,
    path: string,
    before: number | string,
    after: number | string,
    properties = {},
  ) =>
    explainedDrift(
      [
        {
          logicalId: 'It',
          type,
          path: 'it',
          kind: 'changed',
          attributes: [{ path, before, after }],
          properties,
        },
      ],
      CHANGED_BY_AWS,
    ).unexplained.length === 1;
  const DB = 'AWS::RDS::DBInstance';

  it.each([
    [false, 'AWS::EKS::Nodegroup', 'ScalingConfig.DesiredSize', 3, 5, {}],
    [true, 'AWS::EKS::Nodegroup', 'ScalingConfig.MaxSize', 3, 5, {}],
    [false, DB, 'AllocatedStorage', '20', '40', { MaxAllocatedStorage: 100 }],
    [true, DB, 'AllocatedStorage', '20', '40', {}],
    [true, DB, 'AllocatedStorage', '40', '20', { MaxAllocatedStorage: 100 }],
    [
      false,
      DB,
      'EngineVersion',
      '17.9',
      '17.11',
      { AutoMinorVersionUpgrade: true },
    ],
    [
      true,
      DB,
      'EngineVersion',
      '17.9',
      '18.1',
      { AutoMinorVersionUpgrade: true },
    ],
    [
      true,
      DB,
      'EngineVersion',
      '17.11',
      '17.9',
      { AutoMinorVersionUpgrade: true },
    ],
    [true, DB, 'EngineVersion', '17.9', '17.11', {}],
  ])(
    '%s is drift: %s %s %s → %s',
    (isDrift, type, path, before, after, applied) => {
      expect(unexplained(type, path, before, after, applied)).toBe(isDrift);
    },
  );
});

describe('groups by cause', () => {
  const finding = (attribute: string, cause: object): DriftFinding =>
    ({
      logicalId: 'Nodes',
      type: 'AWS::EKS::Nodegroup',
      path: 'nodes',
      kind: 'changed',
      attributes: [{ path: attribute, before: 1, after: 2, cause }],
      since: '2026-11-25T08:00:00.000Z',
    } as DriftFinding);
  const call = (at: string) => ({
    known: true,
    actor: 'sam',
    call: 'UpdateNodegroupConfig',
    service: 'eks.amazonaws.com',
    at,
  });
  const unknown = { known: false, reason: '' };

  it('put the same call of the same person together, and the same attribute by nobody knows whom', () => {
    const environment = (id: string) => ({ id, name: id, owner: 'group:x' });
    const groups = groupByCause([
      {
        environment: environment('a'),
        findings: [
          finding('Max', call('2026-11-25T08:10:00.000Z')),
          finding('Tags.3.Value', unknown),
        ],
      },
      {
        environment: environment('b'),
        findings: [
          finding('Min', call('2026-11-25T08:05:00.000Z')),
          finding('Tags.5', unknown),
        ],
      },
      {
        environment: environment('c'),
        findings: [finding('Max', call('2026-11-25T08:20:00.000Z'))],
      },
    ]);
    expect(
      groups.map(({ kind, attribute, firstAt, lastAt, members }) => [
        kind,
        attribute,
        members.map(each => each.environment.id),
        firstAt.slice(11, 16),
        lastAt.slice(11, 16),
      ]),
    ).toEqual([
      ['call', undefined, ['a', 'b', 'c'], '08:05', '08:20'],
      ['attribute', 'Tags', ['a', 'b'], '08:00', '08:00'],
    ]);
  });
});
