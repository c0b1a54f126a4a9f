import {
  POSTGRES_15_4,
  postgresParameters,
} from '@slipway/blueprint-constructs/parameters';
import type { ParameterSchema } from '@slipway/plugin-infra-scaffolder-common';
import { DATABASE_CLASSES } from '../versions';

const shared = postgresParameters({
  classes: DATABASE_CLASSES,
  instanceClass: 'db.t3.micro',
  storageGb: 20,
  multiAz: false,
  backupDays: 7,
  readReplicas: 0,
  maxConnections: 100,
});

/** Parameters of the database; rows 004-08, 004-09, 004-26, 004-34. */
export const databaseParameters: Record<string, ParameterSchema> = {
  ...shared,
  dbEngineVersion: { ...shared.dbEngineVersion, document: POSTGRES_15_4 },
};
