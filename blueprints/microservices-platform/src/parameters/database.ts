import { POSTGRES_VERSIONS } from '@slipway/blueprint-constructs/parameters';
import type { ParameterSchema } from '@slipway/plugin-infra-scaffolder-common';
import { DATABASE_CLASSES } from '../versions';

const DATABASE = 'Database';

/** Parameters of the database; rows 004-08, 004-09, 004-26, 004-34. */
export const databaseParameters = {
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
