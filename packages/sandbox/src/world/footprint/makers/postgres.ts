import {
  CreateDBInstanceCommand,
  CreateDBInstanceReadReplicaCommand,
  DescribeDBInstancesCommand,
  RDSClient,
  type CreateDBInstanceReadReplicaCommandInput,
} from '@aws-sdk/client-rds';
import { orNothing, unlessThere, until } from '../ensure';
import { environmentOf, tagList } from '../tags';
import type { CrossRegionReplicaFootprint, PostgresFootprint } from '../types';
import type { DatabaseLogin } from './secrets';
import type { Site } from './site';
import type { StackOutputs } from './stack';

/** PostgreSQL 15 as the documents say; the oldest minor version that RDS still creates. */
export const POSTGRES_VERSION = '15.13';

export async function untilInstanceIsThere(
  site: Site,
  identifier: string,
): Promise<string> {
  let arn = '';
  await until(
    `the database ${identifier} in ${site.region}`,
    site.signal,
    async () => {
      const answer = await orNothing(
        site.client(RDSClient).send(
          new DescribeDBInstancesCommand({
            DBInstanceIdentifier: identifier,
          }),
        ),
      );
      const instance = answer?.DBInstances?.[0];
      arn = instance?.DBInstanceArn ?? '';
      return instance?.DBInstanceStatus === 'available';
    },
  );
  return arn;
}

async function makeReplica(
  site: Site,
  input: CreateDBInstanceReadReplicaCommandInput,
): Promise<void> {
  await unlessThere(() =>
    site.client(RDSClient).send(
      new CreateDBInstanceReadReplicaCommand({
        ...input,
        CopyTagsToSnapshot: true,
        Tags: tagList(site.system),
      }),
    ),
  );
}

/** An instance with its read replicas in the same region. */
export async function makePostgres(
  site: Site,
  database: PostgresFootprint,
  stack: StackOutputs,
  login: DatabaseLogin,
): Promise<void> {
  await unlessThere(() =>
    site.client(RDSClient).send(
      new CreateDBInstanceCommand({
        DBInstanceIdentifier: database.identifier,
        DBInstanceClass: database.instanceClass,
        Engine: 'postgres',
        EngineVersion: POSTGRES_VERSION,
        MasterUsername: login.username,
        MasterUserPassword: login.password,
        AllocatedStorage: database.storageGb,
        StorageType: 'gp3',
        Iops: database.iops,
        StorageEncrypted: true,
        MultiAZ: database.multiAz,
        BackupRetentionPeriod: database.backupDays,
        DBSubnetGroupName: environmentOf(site.system),
        VpcSecurityGroupIds: [stack.dataGroup],
        CopyTagsToSnapshot: true,
        DeletionProtection: true,
        Tags: tagList(site.system),
      }),
    ),
  );
  await untilInstanceIsThere(site, database.identifier);
  await Promise.all(
    database.replicas.map(async identifier => {
      await makeReplica(site, {
        DBInstanceIdentifier: identifier,
        SourceDBInstanceIdentifier: database.identifier,
        DBInstanceClass: database.instanceClass,
      });
      await untilInstanceIsThere(site, identifier);
    }),
  );
}

/** A read replica of another region's instance, which must be there already. */
export async function makeCrossRegionReplica(
  site: Site,
  replica: CrossRegionReplicaFootprint,
  stack: StackOutputs,
  source: Site,
): Promise<void> {
  const arn = await untilInstanceIsThere(source, replica.source.identifier);
  await makeReplica(site, {
    DBInstanceIdentifier: replica.identifier,
    SourceDBInstanceIdentifier: arn,
    KmsKeyId: 'alias/aws/rds',
    DBInstanceClass: replica.instanceClass,
    DBSubnetGroupName: environmentOf(site.system),
    VpcSecurityGroupIds: [stack.dataGroup],
  });
  await untilInstanceIsThere(site, replica.identifier);
}
