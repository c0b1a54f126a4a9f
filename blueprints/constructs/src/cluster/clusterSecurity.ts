import type { Construct } from 'constructs';
import { SecurityGroup } from '../network/SecurityGroup';

/** Groups of a cluster's two sides. @public */
export interface ClusterSecurityGroups {
  controlPlane: SecurityGroup;
  nodes: SecurityGroup;
}

const KUBELET_PORT = 10250;
/** Admission webhooks and aggregated APIs: metrics-server, load balancer controller, external-secrets, operators. */
const WEBHOOK_PORTS = [4443, 8443, 9443];

/**
 * The control plane and the nodes let each other in where Kubernetes needs it; nodes reach the internet by HTTPS
 * only, pods reach one another and are told apart by network policies (rows 004-15, 004-16).
 *
 * @public
 */
export function clusterSecurityGroups(
  scope: Construct,
  props: {
    name: string;
    vpcId: string;
    /** Of further webhooks, e.g. 15017 of Istio. */
    webhookPorts?: number[];
  },
): ClusterSecurityGroups {
  const controlPlane = new SecurityGroup(scope, 'control-plane-security', {
    name: `${props.name}-control-plane`,
    vpcId: props.vpcId,
    description: `Kubernetes control plane of ${props.name}`,
  });
  const nodes = new SecurityGroup(scope, 'node-security', {
    name: `${props.name}-nodes`,
    vpcId: props.vpcId,
    description: `Kubernetes nodes of ${props.name}`,
  });
  nodes
    .allowTo('to-control-plane', controlPlane, {
      from: 443,
      description: 'Nodes and pods to the Kubernetes API',
    })
    .allowTo('to-nodes', nodes, {
      from: 0,
      protocol: '-1',
      description: 'Pods to pods; network policies narrow it',
    })
    .allowToCidr('to-internet', '0.0.0.0/0', {
      from: 443,
      description: 'HTTPS to AWS and registries, by NAT',
    });
  controlPlane.allowTo('to-kubelet', nodes, {
    from: KUBELET_PORT,
    description: 'Control plane to kubelets',
  });
  for (const port of [...WEBHOOK_PORTS, ...(props.webhookPorts ?? [])]) {
    controlPlane.allowTo(`to-webhooks-${port}`, nodes, {
      from: port,
      description: 'Control plane to webhooks and aggregated APIs',
    });
  }
  return { controlPlane, nodes };
}
