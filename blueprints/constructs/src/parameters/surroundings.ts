import type { ParameterSchema } from '@slipway/plugin-infra-scaffolder-common';

const NETWORK = 'Network';
const ENTRY = 'Entry';
const OPERATIONS = 'Operations';

const RETENTION_DAYS = [7, 14, 30, 60, 90, 180, 365, 400, 731];

/** What the form asks about network, entry and operations. @public */
export const surroundingParameters = {
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
    pattern: '^$|^[A-Za-z0-9._%+-]+@([A-Za-z0-9-]+\\.)+[A-Za-z]{2,63}$',
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
