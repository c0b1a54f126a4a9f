import type { ParameterSchema } from '@slipway/plugin-infra-scaffolder-common';

const DATABASE = 'Database';

/** Aurora PostgreSQL versions that can be created. @public */
export const AURORA_VERSIONS = ['15.13', '16.9', '17.5'];

/** What the form asks about Aurora, serverless or not. @public */
export function auroraParameters(options: {
  instances: number;
  backupDays: number;
}) {
  return {
    dbEngineVersion: {
      type: 'string',
      title: 'Aurora PostgreSQL version',
      enum: AURORA_VERSIONS,
      default: '16.9',
      group: DATABASE,
      message: `Choose one of ${AURORA_VERSIONS.join(', ')}.`,
    },
    dbInstances: {
      type: 'integer',
      title: 'Instances',
      description:
        'The first writes, the others read and take over; AWS has at most 15 readers.',
      minimum: 1,
      maximum: 16,
      default: options.instances,
      group: DATABASE,
      unit: 'instances',
      message: 'Choose 1 to 16 instances.',
    },
    dbBackupRetentionDays: {
      type: 'integer',
      title: 'Backups kept',
      description: 'Any second of these days can be restored.',
      minimum: 1,
      maximum: 35,
      default: options.backupDays,
      group: DATABASE,
      unit: 'days',
      message: 'Choose 1 to 35 days.',
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

/** Capacity of Aurora Serverless v2, in ACU of about 2 GB each. @public */
export function serverlessParameters(options: {
  minimum: number;
  maximum: number;
}) {
  return {
    dbMinCapacity: {
      type: 'number',
      title: 'Least capacity',
      description: 'What is paid for at rest.',
      enum: [0.5, 1, 2, 4, 8, 16],
      default: options.minimum,
      group: DATABASE,
      unit: 'ACU',
      message: 'Choose 0.5, 1, 2, 4, 8 or 16 ACU, not above the most.',
    },
    dbMaxCapacity: {
      type: 'number',
      title: 'Most capacity',
      enum: [1, 2, 4, 8, 16, 32, 64],
      default: options.maximum,
      group: DATABASE,
      unit: 'ACU',
      message: 'Choose 1 to 64 ACU, not below the least.',
    },
  } satisfies Record<string, ParameterSchema>;
}

/** Rotation of secrets by a function that the account has. @public */
export const rotationParameters = {
  rotationFunctionArn: {
    type: 'string',
    title: 'Function that rotates secrets',
    description:
      'Lambda function that is in the account already, e.g. AWS’s SecretsManagerRDSPostgreSQLRotationSingleUser. Empty: the password is not rotated.',
    pattern:
      '^$|^arn:aws:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_-]{1,64}$',
    default: '',
    group: DATABASE,
    message:
      'Give the ARN of a function, like arn:aws:lambda:us-east-1:123456789012:function:rotate, or leave it empty.',
  },
  rotationDays: {
    type: 'integer',
    title: 'Secrets rotated every',
    minimum: 1,
    maximum: 90,
    default: 90,
    group: DATABASE,
    unit: 'days',
    message: 'Choose 1 to 90 days.',
    advanced: true,
  },
} satisfies Record<string, ParameterSchema>;
