import { Fn } from 'aws-cdk-lib';
import { CfnRole, type PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { Cluster } from './Cluster';

/** @public */
export interface IrsaRoleProps {
  cluster: Cluster;
  namespace: string;
  serviceAccount: string;
  description: string;
  policies?: Record<string, PolicyDocument>;
  managedPolicyArns?: string[];
}

/**
 * The IAM role of one Kubernetes service account and of no other (rows 004-17, 004-39).
 *
 * The trust policy must carry the cluster's issuer as the *key* of its conditions. CloudFormation computes values
 * only, and the usual way round is a custom resource with a Lambda function. CloudFormation also takes a policy as
 * JSON text, so the trust policy is text here, with the issuer put in by `Fn::Sub`.
 *
 * @public
 */
export class IrsaRole extends Construct {
  readonly roleArn: string;
  readonly resource: CfnRole;

  constructor(scope: Construct, id: string, props: IrsaRoleProps) {
    super(scope, id);
    const trust = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Federated: '${ProviderArn}' },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: {
            StringEquals: {
              '${Issuer}:aud': 'sts.amazonaws.com',
              '${Issuer}:sub': `system:serviceaccount:${props.namespace}:${props.serviceAccount}`,
            },
          },
        },
      ],
    });
    this.resource = new CfnRole(this, 'Resource', {
      description: props.description,
      assumeRolePolicyDocument: Fn.sub(trust, {
        ProviderArn: props.cluster.oidcProviderArn,
        Issuer: props.cluster.oidcIssuer,
      }),
      managedPolicyArns: props.managedPolicyArns,
      policies: Object.entries(props.policies ?? {}).map(
        ([policyName, policyDocument]) => ({ policyName, policyDocument }),
      ),
    });
    this.roleArn = this.resource.attrArn;
  }
}
