import {
  CreateDBClusterCommand,
  CreateDBInstanceCommand,
  CreateGlobalClusterCommand,
  DescribeDBClustersCommand,
  RDSClient,
  type DBCluster,
} from '@aws-sdk/client-rds';
import { orNothing, unlessThere, until } from '../ensure';
import { environmentOf, tagList } from '../tags';
import type { AuroraFootprint } from '../types';
import { POSTGRES_VERSION, untilInstanceIsThere } from './postgres';
import type { DatabaseLogin } from './secrets';
import type { Site } from './site';
import type { StackOutputs } from './stack';

const ENGINE = 'aurora-postgresql';

async function find(
  site: Site,
  identifier: string,
): Promise<DBCluster | undefined> {
  const answer = await orNothing(
    site
      .client(RDSClient)
      .send(new DescribeDBClustersCommand({ DBClusterIdentifier: identifier })),
  );
  return answer?.DBClusters?.[0];
}

async function untilClusterIsThere(
  site: Site,
  identifier: string,
): Promise<string> {
  let cluster: DBCluster | undefined;
  await until(
    `the cluster ${identifier} in ${site.region}`,
    site.signal,
    async () => {
      cluster = await find(site, identifier);
      return cluster?.Status === 'available';
    },
  );
  return cluster!.DBClusterArn!;
}

/**
 * A cluster of Aurora with its instances. In the home region it brings its login and becomes the writer of its global
 * database; elsewhere it joins that, and takes login and data from it.
 */
export async function makeAurora(
  site: Site,
  database: AuroraFootprint,
  stack: StackOutputs,
  login: DatabaseLogin,
): Promise<void> {
  const rds = site.client(RDSClient);
  const { isHome } = site;
  if (!(await find(site, database.identifier))) {
    await rds.send(
      new CreateDBClusterCommand({
        DBClusterIdentifier: database.identifier,
        Engine: ENGINE,
        EngineVersion: POSTGRES_VERSION,
        ServerlessV2ScalingConfiguration: database.acu && {
          MinCapacity: database.acu.minimum,
          MaxCapacity: database.acu.maximum,
        },
        ...(isHome
          ? {
              MasterUsername: login.username,
              MasterUserPassword: login.password,
              DatabaseName: 'app',
            }
          : {
              GlobalClusterIdentifier: database.globalIdentifier,
              KmsKeyId: 'alias/aws/rds',
            }),
        StorageEncrypted: true,
        BackupRetentionPeriod: database.backupDays,
        DBSubnetGroupName: environmentOf(site.system),
        VpcSecurityGroupIds: [stack.dataGroup],
        DeletionProtection: database.deletionProtection,
        CopyTagsToSnapshot: true,
        Tags: tagList(site.system),
      }),
    );
  }
  const arn = await untilClusterIsThere(site, database.identifier);
  if (isHome && database.globalIdentifier) {
    await unlessThere(() =>
      rds.send(
        new CreateGlobalClusterCommand({
          GlobalClusterIdentifier: database.globalIdentifier,
          SourceDBClusterIdentifier: arn,
        }),
      ),
    );
  }
  await Promise.all(
    [...database.instanceZones].map((zone, index) =>
      makeInstance(site, database, zone, index),
    ),
  );
}

async function makeInstance(
  site: Site,
  database: AuroraFootprint,
  zone: string,
  index: number,
): Promise<void> {
  const identifier = `${database.identifier}-${index + 1}`;
  await unlessThere(() =>
    site.client(RDSClient).send(
      new CreateDBInstanceCommand({
        DBInstanceIdentifier: identifier,
        DBClusterIdentifier: database.identifier,
        DBInstanceClass: database.instanceClass,
        Engine: ENGINE,
        AvailabilityZone: `${site.region}${zone}`,
        PromotionTier: index,
        Tags: tagList(site.system),
      }),
    ),
  );
  await untilInstanceIsThere(site, identifier);
}
