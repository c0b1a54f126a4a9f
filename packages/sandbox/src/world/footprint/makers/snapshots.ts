import {
  CopyDBClusterSnapshotCommand,
  CopyDBSnapshotCommand,
  CreateDBClusterSnapshotCommand,
  CreateDBSnapshotCommand,
  DescribeDBClusterSnapshotsCommand,
  DescribeDBSnapshotsCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { orNothing, unlessThere, until } from '../ensure';
import { tagList } from '../tags';
import type { AuroraFootprint, PostgresFootprint } from '../types';
import type { Site } from './site';

/** A snapshot of a database in its own region, and the copy of it in the region that its document keeps backups in. */
export async function makeSnapshots(
  site: Site,
  database: AuroraFootprint | PostgresFootprint,
): Promise<void> {
  if (!database.snapshotsTo) {
    return;
  }
  const name = `${database.identifier}-base`;
  const rds = site.client(RDSClient);
  const Tags = tagList(site.system);
  const isCluster = database.kind === 'aurora';
  await unlessThere(() =>
    isCluster
      ? rds.send(
          new CreateDBClusterSnapshotCommand({
            DBClusterSnapshotIdentifier: name,
            DBClusterIdentifier: database.identifier,
            Tags,
          }),
        )
      : rds.send(
          new CreateDBSnapshotCommand({
            DBSnapshotIdentifier: name,
            DBInstanceIdentifier: database.identifier,
            Tags,
          }),
        ),
  );
  const arn = await untilSnapshotIsThere(site, name, isCluster);
  const away = site.in(database.snapshotsTo);
  const KmsKeyId = 'alias/aws/rds';
  await unlessThere(() =>
    isCluster
      ? away.client(RDSClient).send(
          new CopyDBClusterSnapshotCommand({
            SourceDBClusterSnapshotIdentifier: arn,
            TargetDBClusterSnapshotIdentifier: name,
            KmsKeyId,
            Tags,
          }),
        )
      : away.client(RDSClient).send(
          new CopyDBSnapshotCommand({
            SourceDBSnapshotIdentifier: arn,
            TargetDBSnapshotIdentifier: name,
            KmsKeyId,
            Tags,
          }),
        ),
  );
  await untilSnapshotIsThere(away, name, isCluster);
}

async function untilSnapshotIsThere(
  site: Site,
  name: string,
  isCluster: boolean,
): Promise<string> {
  const rds = site.client(RDSClient);
  let arn = '';
  await until(`the snapshot ${name}`, site.signal, async () => {
    if (isCluster) {
      const found = await orNothing(
        rds.send(
          new DescribeDBClusterSnapshotsCommand({
            DBClusterSnapshotIdentifier: name,
          }),
        ),
      );
      const snapshot = found?.DBClusterSnapshots?.[0];
      arn = snapshot?.DBClusterSnapshotArn ?? '';
      return snapshot?.Status === 'available';
    }
    const found = await orNothing(
      rds.send(new DescribeDBSnapshotsCommand({ DBSnapshotIdentifier: name })),
    );
    const snapshot = found?.DBSnapshots?.[0];
    arn = snapshot?.DBSnapshotArn ?? '';
    return snapshot?.Status === 'available';
  });
  return arn;
}
