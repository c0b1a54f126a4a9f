import { PolicyDocument, type PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  allow,
  autoscalerStatements,
  type Cluster,
  IrsaRole,
  loadBalancerStatements,
  readSecrets,
} from '@slipway/blueprint-constructs';
import { Construct } from 'constructs';

/** What the roles are narrowed to. */
interface WorkloadRolesProps {
  cluster: Cluster;
  dataKey: IKey;
  databaseSecretArn: string;
  tokenSecretArn: string;
  assetsBucket: Bucket;
  uploadsBucket: Bucket;
  targetGroupArn: string;
}

/** Namespace of the three services. */
const APPLICATION = 'application';

/**
 * A role for each of the document's services and for each controller that speaks to AWS (row 004-17), narrowed to the
 * environment's own resources (row 004-39).
 */
export class WorkloadRoles extends Construct {
  readonly frontend: string;
  readonly apiGateway: string;
  readonly backend: string;
  readonly autoscaler: string;
  readonly loadBalancerController: string;
  readonly externalSecrets: string;

  constructor(scope: Construct, id: string, props: WorkloadRolesProps) {
    super(scope, id);
    const { cluster } = props;
    const role = (
      roleId: string,
      namespace: string,
      serviceAccount: string,
      description: string,
      statements: PolicyStatement[],
    ) =>
      new IrsaRole(this, roleId, {
        cluster,
        namespace,
        serviceAccount,
        description,
        policies: { access: new PolicyDocument({ statements }) },
      }).roleArn;
    const useKey = (...actions: string[]) =>
      allow(actions, [props.dataKey.keyArn]);

    this.frontend = role(
      'frontend',
      APPLICATION,
      'frontend',
      'Front end: reads its own builds',
      [
        allow(['s3:GetObject'], [props.assetsBucket.arnForObjects('*')]),
        allow(['s3:ListBucket'], [props.assetsBucket.bucketArn]),
        useKey('kms:Decrypt'),
      ],
    );
    this.apiGateway = role(
      'api-gateway',
      APPLICATION,
      'api-gateway',
      'API gateway: reads the key that signs tokens',
      [readSecrets(props.tokenSecretArn), useKey('kms:Decrypt')],
    );
    this.backend = role(
      'backend',
      APPLICATION,
      'backend',
      'Back end: reads its database credentials, keeps uploads',
      [
        readSecrets(props.databaseSecretArn),
        allow(
          ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
          [props.uploadsBucket.arnForObjects('*')],
        ),
        allow(['s3:ListBucket'], [props.uploadsBucket.bucketArn]),
        useKey('kms:Decrypt', 'kms:GenerateDataKey'),
      ],
    );
    this.externalSecrets = role(
      'external-secrets',
      'external-secrets',
      'external-secrets',
      'external-secrets: copies secrets of the environment into Kubernetes',
      [
        readSecrets(props.databaseSecretArn, props.tokenSecretArn),
        useKey('kms:Decrypt'),
      ],
    );
    this.autoscaler = role(
      'autoscaler',
      'kube-system',
      'cluster-autoscaler',
      'Cluster autoscaler: sizes the node groups of this cluster',
      autoscalerStatements(cluster.name),
    );
    this.loadBalancerController = role(
      'load-balancer-controller',
      'kube-system',
      'aws-load-balancer-controller',
      'Load balancer controller: registers pods with this target group',
      loadBalancerStatements(props.targetGroupArn),
    );
  }
}
