import {
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  ModifyDBClusterCommand,
  ModifyDBInstanceCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import type { AwsClientConfig } from '@slipway/plugin-aws-node';
import { errorName } from './errors';

/** A database that can refuse to be deleted. @public */
export interface ProtectedDatabase {
  kind: 'instance' | 'cluster';
  /** DB instance or cluster identifier. */
  id: string;
  logicalId: string;
}

/** Deletion protection of RDS instances and clusters. @public */
export class Databases {
  readonly #client: RDSClient;

  static create(clientConfig: AwsClientConfig): Databases {
    return new Databases(new RDSClient(clientConfig));
  }

  private constructor(client: RDSClient) {
    this.#client = client;
  }

  /** A database that is not there is not protected. */
  async isProtected(
    { kind, id }: ProtectedDatabase,
    signal?: AbortSignal,
  ): Promise<boolean> {
    try {
      if (kind === 'cluster') {
        const { DBClusters = [] } = await this.#client.send(
          new DescribeDBClustersCommand({ DBClusterIdentifier: id }),
          { abortSignal: signal },
        );
        return DBClusters.some(cluster => cluster.DeletionProtection === true);
      }
      const { DBInstances = [] } = await this.#client.send(
        new DescribeDBInstancesCommand({ DBInstanceIdentifier: id }),
        { abortSignal: signal },
      );
      return DBInstances.some(instance => instance.DeletionProtection === true);
    } catch (error) {
      if (/^DB(Instance|Cluster)NotFound/.test(errorName(error))) {
        return false;
      }
      throw error;
    }
  }

  async allowDeletion({ kind, id }: ProtectedDatabase): Promise<void> {
    if (kind === 'cluster') {
      await this.#client.send(
        new ModifyDBClusterCommand({
          DBClusterIdentifier: id,
          DeletionProtection: false,
          ApplyImmediately: true,
        }),
      );
    } else {
      await this.#client.send(
        new ModifyDBInstanceCommand({
          DBInstanceIdentifier: id,
          DeletionProtection: false,
          ApplyImmediately: true,
        }),
      );
    }
  }
}
