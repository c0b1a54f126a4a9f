import {
  type EnvironmentStack,
  type Foundation,
  POSTGRES_PORT,
  PostgresDatabase,
  PostgresReplica,
  type SecurityGroup,
} from '@slipway/blueprint-constructs';
import type { Settings } from './settings';

/** The database of this region: the primary's own, or a replica of it (rows 000-09, 000-11, 000-22). */
export function regionalDatabase(
  stack: EnvironmentStack,
  foundation: Foundation,
  settings: Settings,
): {
  database: PostgresDatabase | PostgresReplica;
  secretArn: string;
  securityGroup: SecurityGroup;
} {
  const { name, dataKey, operationsKey, network, place } = foundation;
  const { role, partnerRegion } = settings;
  const securityGroup = foundation.dataSecurity(
    'database',
    POSTGRES_PORT,
    'PostgreSQL',
  );
  const shared = {
    ...settings.database,
    identifier: `${name}-database`,
    subnetIds: network.databaseSubnetIds,
    securityGroup,
    dataKey,
  };
  if (role.kind === 'standby') {
    const database = new PostgresReplica(stack, 'database', {
      ...shared,
      sourceRegion: partnerRegion,
      sourceArn: `arn:aws:rds:${partnerRegion}:${place.accountId}:db:${role.primaryStack}-database`,
    });
    const secretArn = `arn:aws:secretsmanager:${place.region}:${place.accountId}:secret:${role.primaryStack}/database-??????`;
    return { database, secretArn, securityGroup };
  }
  const database = new PostgresDatabase(stack, 'database', {
    ...shared,
    databaseName: 'application',
    secretName: `${name}/database`,
    secretReplicaRegion:
      role.kind === 'primary' ? role.standbyRegion : undefined,
    rotation: settings.rotation,
    logsKey: operationsKey,
    logRetentionDays: foundation.logRetentionDays,
  });
  return { database, secretArn: database.secret.secretArn, securityGroup };
}
