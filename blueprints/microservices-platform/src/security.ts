import {
  type ClusterSecurityGroups,
  clusterSecurityGroups,
  POSTGRES_PORT,
  SecurityGroup,
} from '@slipway/blueprint-constructs';
import type { Construct } from 'constructs';

/** Groups of everything that has addresses in the VPC. */
export interface PlatformSecurity extends ClusterSecurityGroups {
  edge: SecurityGroup;
  database: SecurityGroup;
}

/**
 * Who may speak to whom (rows 004-14, 004-15): users to the load balancer, it to the front end, pods to PostgreSQL.
 */
export function platformSecurity(
  scope: Construct,
  props: { name: string; vpcId: string; https: boolean; frontendPort: number },
): PlatformSecurity {
  const { name, vpcId } = props;
  const cluster = clusterSecurityGroups(scope, { name, vpcId });
  const edge = new SecurityGroup(scope, 'edge-security', {
    name: `${name}-load-balancer`,
    vpcId,
    description: `Load balancer of ${name}`,
  });
  for (const port of props.https ? [80, 443] : [80]) {
    edge.allowFromCidr(`from-internet-${port}`, '0.0.0.0/0', {
      from: port,
      description: 'Users',
    });
  }
  edge.allowTo('to-frontend', cluster.nodes, {
    from: props.frontendPort,
    description: 'Load balancer to front-end pods',
  });
  const database = new SecurityGroup(scope, 'database-security', {
    name: `${name}-database`,
    vpcId,
    description: `PostgreSQL of ${name}`,
  });
  cluster.nodes.allowTo('to-database', database, {
    from: POSTGRES_PORT,
    description: 'Back-end pods to PostgreSQL',
  });
  return { ...cluster, edge, database };
}
