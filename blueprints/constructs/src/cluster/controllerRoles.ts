import { Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Cluster } from './Cluster';
import { IrsaRole } from './IrsaRole';

/** @public */
export function allow(
  actions: string[],
  resources: string[],
  conditions?: Record<string, Record<string, string>>,
): PolicyStatement {
  return new PolicyStatement({
    effect: Effect.ALLOW,
    actions,
    resources,
    conditions,
  });
}

/** @public */
export function readSecrets(...arns: string[]): PolicyStatement {
  return allow(
    ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'],
    arns,
  );
}

/** What the cluster autoscaler does, narrowed to the node groups of one cluster. @public */
export function autoscalerStatements(clusterName: string): PolicyStatement[] {
  return [
    allow(
      [
        'autoscaling:DescribeAutoScalingGroups',
        'autoscaling:DescribeAutoScalingInstances',
        'autoscaling:DescribeLaunchConfigurations',
        'autoscaling:DescribeScalingActivities',
        'autoscaling:DescribeTags',
        'ec2:DescribeImages',
        'ec2:DescribeInstanceTypes',
        'ec2:DescribeLaunchTemplateVersions',
        'ec2:GetInstanceTypesFromInstanceRequirements',
        'eks:DescribeNodegroup',
      ],
      ['*'],
    ),
    allow(
      [
        'autoscaling:SetDesiredCapacity',
        'autoscaling:TerminateInstanceInAutoScalingGroup',
      ],
      ['*'],
      {
        StringEquals: {
          [`aws:ResourceTag/k8s.io/cluster-autoscaler/${clusterName}`]: 'owned',
        },
      },
    ),
  ];
}

/** What the load balancer controller does to register pods with one target group. @public */
export function loadBalancerStatements(
  targetGroupArn: string,
): PolicyStatement[] {
  return [
    allow(
      [
        'ec2:DescribeAvailabilityZones',
        'ec2:DescribeInstances',
        'ec2:DescribeNetworkInterfaces',
        'ec2:DescribeSecurityGroups',
        'ec2:DescribeSubnets',
        'ec2:DescribeVpcs',
        'elasticloadbalancing:DescribeTargetGroups',
        'elasticloadbalancing:DescribeTargetHealth',
      ],
      ['*'],
    ),
    allow(
      [
        'elasticloadbalancing:RegisterTargets',
        'elasticloadbalancing:DeregisterTargets',
      ],
      [targetGroupArn],
    ),
  ];
}

/** A service account of the cluster, and what its role may do. @public */
export interface ServiceAccountRole {
  /** Of the construct, e.g. `backend`. */
  id: string;
  namespace: string;
  serviceAccount: string;
  description: string;
  statements: PolicyStatement[];
  managedPolicyArns?: string[];
}

/** A role for each service account, in the order given. @returns ARNs by id @public */
export function serviceAccountRoles<const Id extends string>(
  scope: Construct,
  cluster: Cluster,
  roles: Array<ServiceAccountRole & { id: Id }>,
): Record<Id, string> {
  return Object.fromEntries(
    roles.map(({ id, statements, ...rest }) => [
      id,
      new IrsaRole(scope, id, {
        cluster,
        ...rest,
        policies:
          statements.length > 0
            ? { access: new PolicyDocument({ statements }) }
            : {},
      }).roleArn,
    ]),
  ) as Record<Id, string>;
}

/** Autoscaler, load balancer controller and external-secrets, as every cluster has them. @public */
export function controllerRoles(options: {
  cluster: Cluster;
  targetGroupArn: string;
  secretArns: string[];
  keyArn: string;
}) {
  return [
    {
      id: 'autoscaler' as const,
      namespace: 'kube-system',
      serviceAccount: 'cluster-autoscaler',
      description: 'Cluster autoscaler: sizes the node groups of this cluster',
      statements: autoscalerStatements(options.cluster.name),
    },
    {
      id: 'load-balancer-controller' as const,
      namespace: 'kube-system',
      serviceAccount: 'aws-load-balancer-controller',
      description:
        'Load balancer controller: registers pods with this target group',
      statements: loadBalancerStatements(options.targetGroupArn),
    },
    {
      id: 'external-secrets' as const,
      namespace: 'external-secrets',
      serviceAccount: 'external-secrets',
      description:
        'external-secrets: copies secrets of the environment into Kubernetes',
      statements: [
        readSecrets(...options.secretArns),
        allow(['kms:Decrypt'], [options.keyArn]),
      ],
    },
  ] satisfies ServiceAccountRole[];
}
