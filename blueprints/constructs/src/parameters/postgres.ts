import type { ParameterSchema } from '@slipway/plugin-infra-scaffolder-common';
import { POSTGRES_VERSIONS } from './versions';

const DATABASE = 'Database';

/** What the form asks about RDS PostgreSQL. @public */
export function postgresParameters(options: {
  classes: string[];
  instanceClass: string;
  storageGb: number;
  multiAz: boolean;
  backupDays: number;
  readReplicas: number;
  maxConnections: number;
}) {
  return {
    dbEngineVersion: {
      type: 'string',
      title: 'PostgreSQL version',
      enum: POSTGRES_VERSIONS,
      default: '15.13',
      group: DATABASE,
      message: `Choose one of ${POSTGRES_VERSIONS.join(', ')}.`,
    },
    dbInstanceClass: {
      type: 'string',
      title: 'Instance class',
      enum: options.classes,
      default: options.instanceClass,
      group: DATABASE,
      message: `Choose one of ${options.classes.join(', ')}.`,
    },
    dbStorageGb: {
      type: 'integer',
      title: 'Storage',
      description: 'It can grow later, but never shrink.',
      minimum: 20,
      maximum: 16384,
      default: options.storageGb,
      group: DATABASE,
      unit: 'GB',
      message: 'Choose 20 to 16384 GB.',
    },
    dbMultiAz: {
      type: 'boolean',
      title: 'Standby in another zone',
      description:
        'Takes over within a minute or two if a zone fails; doubles the price.',
      default: options.multiAz,
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
      default: options.backupDays,
      group: DATABASE,
      unit: 'days',
      message: 'Choose 1 to 35 days.',
    },
    dbReadReplicas: {
      type: 'integer',
      title: 'Read replicas',
      minimum: 0,
      maximum: 5,
      default: options.readReplicas,
      group: DATABASE,
      unit: 'instances',
      message: 'Choose 0 to 5 replicas.',
    },
    dbMaxConnections: {
      type: 'integer',
      title: 'Connections at once',
      description:
        'What applications may hold together; the sum of the pools of all pods.',
      minimum: 20,
      maximum: 5000,
      default: options.maxConnections,
      group: DATABASE,
      unit: 'connections',
      message: 'Choose 20 to 5000 connections.',
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
}

/** Why the default is not the documents' PostgreSQL 15.4. @public */
export const POSTGRES_15_4 = {
  value: '15.4',
  reason:
    'RDS creates no PostgreSQL 15 below 15.13 any more; 15.9 to 15.12 ended last, on 2026-05-31.',
};
