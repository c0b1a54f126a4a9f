import type { ParameterSchema } from '@slipway/plugin-infra-scaffolder-common';
import {
  DATABASE_CLASSES,
  KUBERNETES_VERSIONS,
  NODE_INSTANCE_TYPES,
  POSTGRES_VERSIONS,
} from './versions';

const CLUSTER = 'Cluster';
const NODES = 'Nodes';
const DATABASE = 'Database';
const NETWORK = 'Network';
const ENTRY = 'Entry';
const OPERATIONS = 'Operations';

const RETENTION_DAYS = [7, 14, 30, 60, 90, 180, 365, 400, 731];

/** Parameters of the cluster and its nodes; rows 004-06, 004-07, 004-23, 004-37. */
const clusterParameters = {
  kubernetesVersion: {
    type: 'string',
    title: 'Kubernetes version',
    enum: KUBERNETES_VERSIONS,
    default: '1.33',
    group: CLUSTER,
    message: `Choose one of ${KUBERNETES_VERSIONS.join(', ')}.`,
    document: {
      value: '1.28',
      reason:
        'EKS 1.28 left extended support on 2025-11-26 and can no longer be created; 1.33 is the nearest version that AWS supports into the second half of 2027.',
    },
  },
  apiPublicAccessCidrs: {
    type: 'array',
    title: 'Public access to the Kubernetes API',
    description:
      'Address ranges, e.g. 203.0.113.0/24, that reach the Kubernetes API over the internet. None: it is reached from within the VPC only.',
    items: {
      type: 'string',
      pattern:
        '^((25[0-5]|2[0-4]\\d|1?\\d?\\d)\\.){3}(25[0-5]|2[0-4]\\d|1?\\d?\\d)/(3[0-2]|[12]?\\d)$',
    },
    maxItems: 40,
    uniqueItems: true,
    default: [],
    group: CLUSTER,
    message: 'Give each range once, like 203.0.113.0/24; at most 40.',
    advanced: true,
  },
  containerInsights: {
    type: 'boolean',
    title: 'Node and pod metrics in CloudWatch',
    description:
      'Installs the CloudWatch agent and the alarms on CPU, memory and number of nodes. AWS charges by the metric.',
    default: true,
    group: CLUSTER,
    message: 'Switch it on or off.',
  },
  nodeInstanceTypes: {
    type: 'array',
    title: 'Instance types',
    description:
      'In order of preference. Pods take addresses of the private subnets: 20 nodes of t3.xlarge can ask for 1,200, of 753.',
    items: { type: 'string', enum: NODE_INSTANCE_TYPES },
    minItems: 1,
    maxItems: 3,
    uniqueItems: true,
    default: ['t3.medium', 't3.large'],
    group: NODES,
    message: `Choose at least one of ${NODE_INSTANCE_TYPES.join(', ')}.`,
  },
  nodeCapacityType: {
    type: 'string',
    title: 'Capacity',
    description:
      'SPOT is cheaper and may be taken back at two minutes’ notice; for workloads that are not critical.',
    enum: ['ON_DEMAND', 'SPOT'],
    default: 'ON_DEMAND',
    group: NODES,
    message: 'Choose ON_DEMAND or SPOT.',
  },
  nodeMinSize: {
    type: 'integer',
    title: 'Fewest nodes',
    minimum: 1,
    maximum: 20,
    default: 1,
    group: NODES,
    unit: 'nodes',
    message: 'Choose 1 to 20, not above the desired number.',
  },
  nodeDesiredSize: {
    type: 'integer',
    title: 'Nodes at the start',
    description:
      'The cluster autoscaler moves it between the fewest and the most. One in each of three zones is 3.',
    minimum: 1,
    maximum: 20,
    default: 3,
    group: NODES,
    unit: 'nodes',
    message: 'Choose 1 to 20, between the fewest and the most.',
  },
  nodeMaxSize: {
    type: 'integer',
    title: 'Most nodes',
    minimum: 1,
    maximum: 20,
    default: 20,
    group: NODES,
    unit: 'nodes',
    message: 'Choose 1 to 20, not below the desired number.',
  },
  nodeVolumeGb: {
    type: 'integer',
    title: 'Volume of a node',
    minimum: 20,
    maximum: 500,
    default: 20,
    group: NODES,
    unit: 'GB',
    message: 'Choose 20 to 500 GB.',
    advanced: true,
  },
} satisfies Record<string, ParameterSchema>;

/** Parameters of the database; rows 004-08, 004-09, 004-26, 004-34. */
const databaseParameters = {
  dbEngineVersion: {
    type: 'string',
    title: 'PostgreSQL version',
    enum: POSTGRES_VERSIONS,
    default: '15.13',
    group: DATABASE,
    message: `Choose one of ${POSTGRES_VERSIONS.join(', ')}.`,
    document: {
      value: '15.4',
      reason:
        'RDS creates no PostgreSQL 15 below 15.13 any more; 15.9 to 15.12 ended last, on 2026-05-31.',
    },
  },
  dbInstanceClass: {
    type: 'string',
    title: 'Instance class',
    enum: DATABASE_CLASSES,
    default: 'db.t3.micro',
    group: DATABASE,
    message: `Choose one of ${DATABASE_CLASSES.join(', ')}.`,
  },
  dbStorageGb: {
    type: 'integer',
    title: 'Storage',
    description: 'It can grow later, but never shrink.',
    minimum: 20,
    maximum: 16384,
    default: 20,
    group: DATABASE,
    unit: 'GB',
    message: 'Choose 20 to 16384 GB.',
  },
  dbMultiAz: {
    type: 'boolean',
    title: 'Standby in another zone',
    description:
      'Takes over within a minute or two if a zone fails; doubles the price.',
    default: false,
    group: DATABASE,
    message: 'Switch it on or off.',
  },
  dbBackupRetentionDays: {
    type: 'integer',
    title: 'Backups kept',
    description:
      'Any second of these days can be restored. AWS allows 0, no backups at all; the document asks for automated ones.',
    minimum: 1,
    maximum: 35,
    default: 7,
    group: DATABASE,
    unit: 'days',
    message: 'Choose 1 to 35 days.',
  },
  dbReadReplicas: {
    type: 'integer',
    title: 'Read replicas',
    minimum: 0,
    maximum: 5,
    default: 0,
    group: DATABASE,
    unit: 'instances',
    message: 'Choose 0 to 5 replicas.',
  },
  dbMaxConnections: {
    type: 'integer',
    title: 'Connections at once',
    description:
      'What applications may hold together; 20 backend pods of the document share 100 with a pool of 5 each.',
    minimum: 20,
    maximum: 1000,
    default: 100,
    group: DATABASE,
    unit: 'connections',
    message: 'Choose 20 to 1000 connections.',
    advanced: true,
  },
  dbMonitoringSeconds: {
    type: 'integer',
    title: 'Operating-system metrics every',
    description: '0 switches them off.',
    enum: [0, 1, 5, 10, 15, 30, 60],
    default: 60,
    group: DATABASE,
    unit: 's',
    message: 'Choose 0, 1, 5, 10, 15, 30 or 60 seconds.',
    advanced: true,
  },
  dbDeletionProtection: {
    type: 'boolean',
    title: 'Deletion protection',
    description:
      'AWS refuses to delete the database until it is switched off. Destroying the environment switches it off first, and its plan says so.',
    default: false,
    group: DATABASE,
    message: 'Switch it on or off.',
  },
  dbFinalSnapshot: {
    type: 'boolean',
    title: 'Snapshot when destroyed',
    description:
      'Keeps a last snapshot in AWS after the environment is gone; it costs storage until somebody deletes it.',
    default: false,
    group: DATABASE,
    message: 'Switch it on or off.',
  },
} satisfies Record<string, ParameterSchema>;

/** Parameters of network, entry and operations; rows 004-01, 004-05, 004-40, 004-43, 004-46. */
const surroundingParameters = {
  natGateways: {
    type: 'string',
    title: 'NAT gateways',
    description:
      'One is cheaper; one per zone keeps the other zones online when a zone fails.',
    enum: ['one', 'per-zone'],
    default: 'one',
    group: NETWORK,
    message: 'Choose one or per-zone.',
  },
  flowLogs: {
    type: 'boolean',
    title: 'Flow logs',
    description: 'Records which address spoke to which, refused or not.',
    default: true,
    group: NETWORK,
    message: 'Switch it on or off.',
  },
  domainName: {
    type: 'string',
    title: 'Domain name',
    description:
      'Serves HTTPS under this name. Empty: plain HTTP under the load balancer’s own name.',
    pattern: '^$|^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}$',
    maxLength: 64,
    default: '',
    group: ENTRY,
    message:
      'Give a name in lower case like shop.example.com, of at most 64 characters, or leave it empty.',
  },
  hostedZoneId: {
    type: 'string',
    title: 'Hosted zone of the domain',
    description:
      'Route 53 public zone in the same account: proves the certificate and gets the record. Goes with the domain name.',
    pattern: '^$|^Z[A-Z0-9]{1,31}$',
    default: '',
    group: ENTRY,
    message:
      'Give the id of the zone, like Z0123456789ABCDEFGHIJ, or leave it empty.',
  },
  logRetentionDays: {
    type: 'integer',
    title: 'Logs kept',
    enum: RETENTION_DAYS,
    default: 30,
    group: OPERATIONS,
    unit: 'days',
    message: `Choose one of ${RETENTION_DAYS.join(', ')} days.`,
  },
  auditTrail: {
    type: 'boolean',
    title: 'Audit trail',
    description:
      'CloudTrail of the region’s management calls and of every access to the environment’s buckets. A second trail in one account and region is charged.',
    default: false,
    group: OPERATIONS,
    message: 'Switch it on or off.',
  },
  alarmEmail: {
    type: 'string',
    title: 'Mail for alarms',
    description:
      'AWS asks this address to agree first. Empty: nobody is mailed.',
    pattern: '^$|^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$',
    maxLength: 254,
    default: '',
    group: OPERATIONS,
    message: 'Give a mail address like sre@example.com, or leave it empty.',
  },
  dataClassification: {
    type: 'string',
    title: 'Data classification',
    description: 'A tag on everything that keeps data.',
    enum: ['public', 'internal', 'confidential', 'restricted'],
    default: 'confidential',
    group: OPERATIONS,
    message: 'Choose public, internal, confidential or restricted.',
  },
} satisfies Record<string, ParameterSchema>;

/** Everything a person can choose. */
export const parameters: Record<string, ParameterSchema> = {
  ...clusterParameters,
  ...databaseParameters,
  ...surroundingParameters,
};
