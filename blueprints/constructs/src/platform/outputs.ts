import type { AuroraPostgres } from '../database/AuroraPostgres';
import type { PostgresDatabase } from '../database/PostgresDatabase';
import type { Entry } from './Entry';
import type { Foundation } from './Foundation';

/** What an output says where its role or choice of parameters has no such thing. @public */
export const NOTHING = 'none';

/** Values of `entryOutputs`. @public */
export function entryValues({ url, loadBalancer }: Entry) {
  return {
    ApplicationUrl: url,
    LoadBalancerDns: loadBalancer.dnsName,
    TargetGroupArn: loadBalancer.targetGroupArn,
  };
}

/** Values of `clusterOutputs`. @public */
export function clusterValues(
  foundation: Foundation,
  roles: Record<
    'autoscaler' | 'load-balancer-controller' | 'external-secrets',
    string
  >,
) {
  const { cluster, administratorRole, place, network, alarms } = foundation;
  return {
    KubeconfigCommand: `aws eks update-kubeconfig --region ${place.region} --name ${cluster.name} --role-arn ${administratorRole}`,
    ClusterName: cluster.resource.ref,
    ClusterEndpoint: cluster.endpoint,
    ClusterOidcIssuer: cluster.oidcIssuerUrl,
    ClusterAdminRoleArn: administratorRole,
    AutoscalerRoleArn: roles.autoscaler,
    LoadBalancerControllerRoleArn: roles['load-balancer-controller'],
    ExternalSecretsRoleArn: roles['external-secrets'],
    VpcId: network.vpcId,
    AlarmTopicArn: alarms.topic.topicArn,
  };
}

/** Values of `databaseOutputs`. @public */
export function databaseValues(
  database: Pick<
    AuroraPostgres | PostgresDatabase,
    'endpointAddress' | 'endpointPort' | 'readerAddress'
  >,
  login: { databaseName: string; secretArn: string },
) {
  return {
    DatabaseEndpoint: database.endpointAddress,
    DatabaseReaderEndpoint: database.readerAddress,
    DatabasePort: database.endpointPort,
    DatabaseName: login.databaseName,
    DatabaseSecretArn: login.secretArn,
  };
}
