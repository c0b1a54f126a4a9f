import type {
  Blueprint,
  Environment,
  EnvironmentResource,
  Plan,
  ResourceChange,
  Target,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Run } from '@slipway/plugin-runs-common';

/** A small blueprint with a parameter of each sort. */
export const sampleBlueprint: Blueprint = {
  id: 'microservices-platform',
  version: '1.0.0',
  title: 'Microservices platform',
  description: 'A network in three zones, a Kubernetes cluster, a database.',
  source: 'Seed 004',
  engines: ['cdk'],
  defaultSize: 'dev',
  sizes: {
    dev: {
      title: 'Dev',
      description: 'One node, a small database in one zone, no backups.',
      parameters: { nodeMaxSize: 3, databaseClass: 'db.t4g.micro' },
    },
    small: {
      title: 'Small',
      description: 'Two nodes and a database with a week of backups.',
      parameters: { nodeMaxSize: 6, databaseClass: 'db.t4g.medium' },
    },
    prod: {
      title: 'Production',
      description: 'Three nodes, a database in two zones, 30 days of backups.',
      parameters: { nodeMaxSize: 20, databaseClass: 'db.r6g.large' },
    },
  },
  parameters: {
    kubernetesVersion: {
      type: 'string',
      title: 'Kubernetes version',
      enum: ['1.34', '1.35'],
      default: '1.34',
      group: 'Cluster',
      message: 'Choose a version that EKS still creates.',
      document: {
        value: '1.28',
        reason: 'AWS no longer creates it; 1.34 is the nearest.',
      },
    },
    nodeMinSize: {
      type: 'integer',
      title: 'Fewest nodes',
      minimum: 1,
      maximum: 20,
      default: 1,
      group: 'Cluster',
      unit: 'nodes',
      message: 'Between 1 and 20 nodes.',
    },
    nodeMaxSize: {
      type: 'integer',
      title: 'Most nodes',
      minimum: 1,
      maximum: 20,
      default: 3,
      group: 'Cluster',
      unit: 'nodes',
      message: 'Between 1 and 20 nodes.',
    },
    publicAccessCidrs: {
      type: 'array',
      title: 'Addresses that may reach the API server',
      items: { type: 'string' },
      default: ['0.0.0.0/0'],
      group: 'Cluster',
      message: 'CIDR blocks.',
      advanced: true,
    },
    databaseClass: {
      type: 'string',
      title: 'Instance class',
      enum: ['db.t4g.micro', 'db.t4g.medium', 'db.r6g.large'],
      default: 'db.t4g.micro',
      group: 'Database',
      message: 'Choose a class.',
    },
    databaseStorageGb: {
      type: 'integer',
      title: 'Storage',
      minimum: 20,
      maximum: 1000,
      default: 20,
      group: 'Database',
      unit: 'GB',
      message: 'Between 20 and 1000 GB.',
    },
    deletionProtection: {
      type: 'boolean',
      title: 'Deletion protection',
      default: false,
      group: 'Database',
      message: 'Yes or no.',
      advanced: true,
    },
  },
  rules: [
    {
      left: 'nodeMinSize',
      right: 'nodeMaxSize',
      message: 'The fewest nodes cannot be more than the most.',
    },
  ],
  cidrPrefixLength: { minimum: 16, maximum: 20, default: 16 },
  outputs: [],
};

/** Two accounts, of which the second allows small sizes only. */
export const sampleTargets: Target[] = [
  {
    accountId: '123456789012',
    name: 'sandbox',
    regions: ['us-east-1', 'us-west-2'],
    sizes: [],
  },
  {
    accountId: '210987654321',
    name: 'shared',
    regions: ['eu-central-1'],
    sizes: ['dev', 'small'],
    quotas: { environments: { used: 3, most: 3 } },
    whyNot:
      'Account shared takes 3 environments at most and has 3. Destroy one there, or choose another account.',
  },
];

/** An environment that is ready. */
export function sampleEnvironment(
  part: Partial<Environment> = {},
): Environment {
  return {
    id: 'e1',
    blueprint: { id: 'microservices-platform', version: '1.0.0' },
    name: 'shop-dev',
    owner: 'group:default/storefront',
    system: 'system:default/microservices-platform',
    accountId: '123456789012',
    region: 'us-east-1',
    size: 'dev',
    cidr: '10.0.0.0/16',
    engine: 'cdk',
    parameters: { databaseStorageGb: 50 },
    status: 'ready',
    createdBy: 'user:default/maya',
    createdAt: '2026-11-20T10:00:00.000Z',
    updatedAt: '2026-11-20T10:04:00.000Z',
    readyAt: '2026-11-20T10:04:00.000Z',
    lastRunId: 'r1',
    outputs: [
      {
        key: 'LoadBalancerDns',
        title: 'Load balancer',
        kind: 'url',
        value: 'shop-dev-1234.us-east-1.elb.amazonaws.com',
      },
      {
        key: 'DatabaseEndpoint',
        title: 'Database',
        kind: 'endpoint',
        value: 'shop-dev.abc123.us-east-1.rds.amazonaws.com',
      },
      {
        key: 'KubeconfigCommand',
        title: 'Kubeconfig',
        kind: 'command',
        value: 'aws eks update-kubeconfig --name shop-dev --region us-east-1',
      },
    ],
    estimate: {
      monthlyUsd: '268.91',
      pricesOf: '2026-07-20',
      planId: '7f3a1b2c4d5e',
    },
    engineState: { stackName: 'slipway-shop-dev' },
    ...part,
  };
}

const GROUPS: Array<[string, string, number]> = [
  ['network', 'AWS::EC2::Subnet', 9],
  ['network', 'AWS::EC2::RouteTable', 6],
  ['cluster', 'AWS::EKS::Nodegroup', 2],
  ['cluster', 'AWS::IAM::Role', 6],
  ['database', 'AWS::RDS::DBInstance', 1],
  ['database', 'AWS::SecretsManager::Secret', 2],
  ['observability', 'AWS::CloudWatch::Alarm', 5],
];

/** 31 resources in four groups. */
export function sampleChanges(
  action: ResourceChange['action'] = 'create',
): ResourceChange[] {
  return GROUPS.flatMap(([group, type, count]) =>
    Array.from({ length: count }, (_, index) => {
      const kind = type.split('::')[2];
      const name = `${kind}${index + 1}`;
      return {
        logicalId: `${group}${name}`,
        type,
        path: `${group}/${name}`,
        action,
        attributes: [
          {
            path: 'Tags',
            [action === 'delete' ? 'before' : 'after']: [
              { Key: 'slipway:environment', Value: 'shop-dev' },
            ],
          },
          ...(type.includes('RDS')
            ? [{ path: 'AllocatedStorage', after: '50' }]
            : []),
        ],
      };
    }),
  );
}

/** A plan of {@link sampleChanges}. */
export function samplePlan(part: Partial<Plan> = {}): Plan {
  return {
    id: '7f3a1b2c4d5e',
    hash: '7f3a1b2c4d5e'.padEnd(64, '0'),
    runId: 'r1',
    environmentId: 'e1',
    operation: 'create',
    createdAt: '2026-11-21T10:00:05.000Z',
    changes: sampleChanges(),
    warnings: ['The API server can be reached from any address.'],
    ...part,
  };
}

/** A plan of a change: a database is replaced, another interrupted, a limit raised. */
export function sampleUpdatePlan(): Plan {
  const database = (path: string) => ({
    logicalId: path.replace('/', ''),
    type: 'AWS::RDS::DBInstance',
    path,
  });
  return samplePlan({
    operation: 'update',
    warnings: [],
    changes: [
      {
        ...database('database/instance'),
        action: 'replace',
        oldOne: 'snapshot',
        attributes: [
          {
            path: 'StorageEncrypted',
            before: false,
            after: true,
            replaces: 'yes',
          },
        ],
      },
      {
        ...database('database/replica'),
        action: 'update',
        attributes: [
          {
            path: 'DBInstanceClass',
            before: 'db.t4g.micro',
            after: 'db.t4g.medium',
            replaces: 'no',
          },
        ],
      },
      {
        logicalId: 'clusterNodes',
        type: 'AWS::EKS::Nodegroup',
        path: 'cluster/nodes',
        action: 'update',
        attributes: [
          {
            path: 'ScalingConfig.MaxSize',
            before: 3,
            after: 6,
            replaces: 'no',
          },
        ],
      },
    ],
  });
}

/** A run that is planning. */
export function sampleRun(part: Partial<Run> = {}): Run {
  const createdAt = part.createdAt ?? '2026-11-21T10:00:00.000Z';
  const step = { type: 'infra', attempt: 1, state: 'pending' as const };
  return {
    id: 'r1',
    kind: 'infra.create',
    title: 'Create shop-dev',
    subject: 'environment:e1',
    state: 'running',
    createdBy: 'user:default/maya',
    createdAt,
    startedAt: createdAt,
    inputs: {},
    lastSequence: 0,
    steps: [
      {
        ...step,
        id: 'plan',
        title: 'Plan',
        dependsOn: [],
        state: 'running',
        startedAt: createdAt,
      },
      {
        ...step,
        id: 'confirm',
        title: 'Confirm the plan',
        dependsOn: ['plan'],
      },
      {
        ...step,
        id: 'approve',
        title: 'Approve the plan',
        dependsOn: ['confirm'],
      },
      {
        ...step,
        id: 'apply',
        title: 'Create the resources',
        dependsOn: ['approve'],
        expectedSeconds: 90,
      },
      {
        ...step,
        id: 'record',
        title: 'Record outputs',
        dependsOn: ['apply'],
      },
    ],
    ...part,
  };
}

/** {@link sampleChanges} as they stand in AWS. */
export function sampleResources(): EnvironmentResource[] {
  return sampleChanges().map(({ logicalId, type, path }, index) => ({
    logicalId,
    type,
    path,
    physicalId: `${logicalId.toLowerCase()}-0${index}`,
    status: 'done',
    awsStatus: 'CREATE_COMPLETE',
    startedAt: '2026-11-20T10:00:10.000Z',
    updatedAt: new Date(
      Date.parse('2026-11-20T10:00:12.000Z') + index * 4_000,
    ).toISOString(),
    consoleUrl: 'https://us-east-1.console.aws.amazon.com/',
  }));
}
