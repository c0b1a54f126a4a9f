import type { ProtectedDatabase } from '@slipway/plugin-infra-scaffolder-node';
import type { CloudFormationGateway, StackResource } from '../aws/types';

const KINDS: Record<string, ProtectedDatabase['kind']> = {
  'AWS::RDS::DBInstance': 'instance',
  'AWS::RDS::DBCluster': 'cluster',
};

/** The databases among the resources that refuse to be deleted now. */
export async function protectedDatabases(
  gateway: CloudFormationGateway,
  resources: StackResource[],
  signal?: AbortSignal,
): Promise<ProtectedDatabase[]> {
  const databases = resources.flatMap(({ type, physicalId, logicalId }) =>
    KINDS[type] && physicalId
      ? [{ kind: KINDS[type], id: physicalId, logicalId }]
      : [],
  );
  const locked: ProtectedDatabase[] = [];
  for (const database of databases) {
    if (await gateway.isDeletionProtected(database, signal)) {
      locked.push(database);
    }
  }
  return locked;
}
