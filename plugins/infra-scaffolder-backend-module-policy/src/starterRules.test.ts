import { checkerWith, planOf, type SmallResource } from './__testUtils__/plans';

const LATER = { 'Fn::GetAtt': ['Other', 'Value'] };
const DB = 'AWS::RDS::DBInstance';
const TRUST = (statement: object): SmallResource => [
  'AWS::IAM::Role',
  {
    AssumeRolePolicyDocument: {
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', ...statement }],
    },
  },
];
const OPEN = (ports: object): SmallResource => [
  'AWS::EC2::SecurityGroupIngress',
  { CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', ...ports },
];
const ROOT = {
  AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' },
};

/** For each rule: what is against it, what is not, and what it makes of a value that is not known yet. */
const CASES: Array<{
  rule: string;
  size?: string;
  against: SmallResource;
  within: SmallResource;
  unknown?: SmallResource;
  counts?: boolean;
}> = [
  {
    rule: 'no-public-database',
    against: [DB, { PubliclyAccessible: 'true' }],
    within: [DB, { PubliclyAccessible: false }],
    unknown: [DB, { PubliclyAccessible: LATER }],
    counts: true,
  },
  {
    rule: 'no-open-ports',
    against: OPEN({ FromPort: 5000, ToPort: '6000' }),
    within: OPEN({ FromPort: 443, ToPort: 443 }),
    unknown: OPEN({ FromPort: LATER, ToPort: LATER }),
    counts: true,
  },
  {
    rule: 'no-open-ports',
    against: [
      'AWS::EC2::SecurityGroup',
      {
        SecurityGroupIngress: [
          { CidrIp: '10.0.0.0/8', FromPort: 22, ToPort: 22 },
          { CidrIpv6: '::/0', IpProtocol: -1 },
        ],
      },
    ],
    within: [
      'AWS::EC2::SecurityGroup',
      {
        SecurityGroupIngress: [
          { CidrIp: '10.0.0.0/8', FromPort: 22, ToPort: 22 },
        ],
      },
    ],
  },
  {
    rule: 'no-public-bucket',
    against: [
      'AWS::S3::Bucket',
      {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
        },
      },
    ],
    within: [
      'AWS::S3::Bucket',
      {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      },
    ],
  },
  {
    rule: 'no-public-policy',
    against: [
      'AWS::S3::BucketPolicy',
      {
        PolicyDocument: {
          Statement: {
            Effect: 'Allow',
            Principal: '*',
            Action: 's3:GetObject',
          },
        },
      },
    ],
    within: [
      'AWS::S3::BucketPolicy',
      {
        PolicyDocument: {
          Statement: { Effect: 'Deny', Principal: '*', Action: 's3:*' },
        },
      },
    ],
  },
  {
    rule: 'mfa-on-production-roles',
    against: TRUST({ Principal: ROOT }),
    within: TRUST({
      Principal: ROOT,
      Condition: { Bool: { 'aws:MultiFactorAuthPresent': true } },
    }),
    unknown: TRUST({ Principal: { AWS: LATER } }),
    counts: false,
  },
  {
    rule: 'mfa-on-production-roles',
    against: [
      'AWS::IAM::Role',
      {
        AssumeRolePolicyDocument: {
          'Fn::Sub':
            '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::${AWS::AccountId}:root"}}]}',
        },
      },
    ],
    within: TRUST({ Principal: { Service: 'ec2.amazonaws.com' } }),
  },
  {
    rule: 'no-long-lived-keys',
    against: ['AWS::IAM::User', {}],
    within: ['AWS::IAM::Role', {}],
  },
  {
    rule: 'least-privilege',
    against: [
      'AWS::IAM::Policy',
      {
        PolicyDocument: {
          Statement: { Effect: 'Allow', Action: '*', Resource: ['*'] },
        },
      },
    ],
    within: [
      'AWS::IAM::Policy',
      {
        PolicyDocument: {
          Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' },
        },
      },
    ],
  },
  {
    rule: 'secrets-rotate',
    against: [
      'AWS::SecretsManager::RotationSchedule',
      { RotationRules: { AutomaticallyAfterDays: 91 } },
    ],
    within: [
      'AWS::SecretsManager::RotationSchedule',
      { RotationRules: { AutomaticallyAfterDays: 90 } },
    ],
  },
  {
    rule: 'development-sizes',
    size: 'dev',
    against: [DB, { DBInstanceClass: 'db.r6g.large' }],
    within: [DB, { DBInstanceClass: 'db.t4g.micro' }],
    unknown: [DB, { DBInstanceClass: LATER }],
    counts: false,
  },
  {
    rule: 'bounds',
    size: 'dev',
    against: ['AWS::EKS::Nodegroup', { ScalingConfig: { MaxSize: 11 } }],
    within: ['AWS::EKS::Nodegroup', { ScalingConfig: { MaxSize: 10 } }],
  },
  {
    rule: 'backups-by-stage',
    against: [DB, {}],
    within: [DB, { BackupRetentionPeriod: 7 }],
    unknown: [DB, { BackupRetentionPeriod: LATER }],
    counts: true,
  },
  {
    rule: 'deletion-protection',
    against: [DB, { DeletionProtection: false }],
    within: [DB, { SourceDBInstanceIdentifier: LATER }],
    unknown: [DB, { DeletionProtection: LATER }],
    counts: true,
  },
  {
    rule: 'encryption-at-rest',
    against: ['AWS::SQS::Queue', {}],
    within: ['AWS::SQS::Queue', { KmsMasterKeyId: 'alias/x' }],
    unknown: ['AWS::SQS::Queue', { KmsMasterKeyId: LATER }],
    counts: false,
  },
  {
    rule: 'encryption-at-rest',
    against: [
      'AWS::EC2::LaunchTemplate',
      {
        LaunchTemplateData: {
          BlockDeviceMappings: [
            { DeviceName: '/dev/xvda', Ebs: { VolumeSize: 50 } },
          ],
        },
      },
    ],
    within: [
      'AWS::EC2::LaunchTemplate',
      {
        LaunchTemplateData: {
          BlockDeviceMappings: [
            { DeviceName: '/dev/xvda', Ebs: { Encrypted: true } },
          ],
        },
      },
    ],
  },
  {
    rule: 'encryption-in-transit',
    against: [
      'AWS::ElastiCache::ReplicationGroup',
      { TransitEncryptionEnabled: false },
    ],
    within: [
      'AWS::ElastiCache::ReplicationGroup',
      { TransitEncryptionEnabled: true },
    ],
  },
  {
    rule: 'tls-policy',
    against: [
      'AWS::ElasticLoadBalancingV2::Listener',
      { Protocol: 'HTTPS', SslPolicy: 'ELBSecurityPolicy-2016-08' },
    ],
    within: [
      'AWS::ElasticLoadBalancingV2::Listener',
      { Protocol: 'HTTPS', SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' },
    ],
  },
  {
    rule: 'no-plain-http',
    against: [
      'AWS::ElasticLoadBalancingV2::Listener',
      { Protocol: 'HTTP', Port: 80 },
    ],
    within: [
      'AWS::ElasticLoadBalancingV2::Listener',
      {
        Protocol: 'HTTP',
        DefaultActions: [
          { Type: 'redirect', RedirectConfig: { Protocol: 'HTTPS' } },
        ],
      },
    ],
  },
  {
    rule: 'tags-complete',
    against: [DB, { Tags: [{ Key: 'slipway:owner', Value: 'x' }] }],
    within: [
      DB,
      {
        Tags: ['environment', 'owner', 'system', 'cost-center'].map(key => ({
          Key: `slipway:${key}`,
          Value: 'x',
        })),
      },
    ],
  },
  {
    rule: 'data-classified',
    against: [DB, {}],
    within: [
      DB,
      { Tags: [{ Key: 'slipway:data-classification', Value: 'internal' }] },
    ],
  },
];

describe('the starter rules', () => {
  const checker = checkerWith();
  const rulesOn = async (resource: SmallResource, size?: string) =>
    (await checker.check(planOf([resource], { size }))).map(({ rule }) => rule);

  it.each(CASES)('$rule: $against', async ({ rule, size, ...each }) => {
    expect(await rulesOn(each.against, size)).toContain(rule);
    expect(await rulesOn(each.within, size)).not.toContain(rule);
  });

  it.each(CASES.filter(({ unknown }) => unknown))(
    '$rule of what is not known yet: counts $counts',
    async ({ rule, size, unknown, counts }) => {
      const found = await rulesOn(unknown!, size);
      expect(found.includes(rule)).toBe(counts);
    },
  );

  it('name resource, rule and mend, with the values of the plan', async () => {
    const plan = planOf([[DB, { DBInstanceClass: 'db.r6g.large' }]], {
      size: 'dev',
    });
    expect(await checker.check(plan)).toContainEqual({
      rule: 'development-sizes',
      title: 'Development has development sizes',
      effect: 'deny',
      logicalId: 'Thing0',
      type: DB,
      path: 'group/thing0',
      message: 'db.r6g.large is not a class for development.',
      mend: 'Choose a burstable class (db.t3, db.t4g) or db.serverless.',
    });
  });

  it('tell people of resources, not of the parts that rules look at', () => {
    const typesOf = (rule: string) =>
      checker
        .rules()
        .find(each => each.rule === rule)!
        .policies.flatMap(({ types }) => types);
    expect(typesOf('mfa-on-production-roles')).toEqual(['AWS::IAM::Role']);
    expect(typesOf('no-open-ports')).toEqual([
      'AWS::EC2::SecurityGroup',
      'AWS::EC2::SecurityGroupIngress',
    ]);
    expect(typesOf('team-monthly-ceiling')).toEqual([]);
  });

  it('say nothing of what a destroy leaves', async () => {
    const plan = planOf(
      [
        [DB, {}],
        ['AWS::IAM::User', {}],
      ],
      { operation: 'destroy' },
    );
    expect(await checker.check(plan)).toEqual([]);
  });

  it('add up what a team comes to, and say what is not estimated', async () => {
    const frugal = checkerWith({
      monthlyCeilings: {
        teams: [{ team: 'group:default/storefront', usd: 300 }],
      },
    });
    const estimate = {
      pricesOf: '2026-11-01',
      region: 'us-east-1',
      monthlyBeforeUsd: '0',
      monthlyUsd: '200.0001',
      lines: [],
      unpriced: [],
      assumptions: [],
    };
    const found = async (other: string | undefined) =>
      (
        await frugal.check({
          ...planOf([]),
          estimate,
          teamEnvironments: [{ name: 'other', monthlyUsd: other }],
        })
      ).map(({ rule }) => rule);
    expect(await found('99.9999')).toEqual([]);
    expect(await found('100')).toEqual(['team-monthly-ceiling']);
    expect(await found(undefined)).toEqual(['team-estimate-complete']);
  });
});
