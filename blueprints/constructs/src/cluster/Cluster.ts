import { Aws, Fn } from 'aws-cdk-lib';
import { CfnAccessEntry, CfnCluster } from 'aws-cdk-lib/aws-eks';
import {
  AccountPrincipal,
  CfnOIDCProvider,
  ManagedPolicy,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { SecurityGroup } from '../network/SecurityGroup';
import { retainedLogGroup } from '../observability/logGroup';

/** @public */
export interface ClusterProps {
  name: string;
  /** Kubernetes minor version, e.g. `1.36`. */
  version: string;
  subnetIds: string[];
  securityGroup: SecurityGroup;
  /** Encrypts Kubernetes secrets. */
  secretsKey: IKey;
  /** Encrypts the control plane's logs. */
  logsKey: IKey;
  logRetentionDays: number;
  /** Ranges that reach the API over the internet; none leaves it private. */
  publicAccessCidrs: string[];
}

/**
 * An EKS control plane (rows 004-06, 004-17, 004-18, 004-39, 004-43): Kubernetes secrets in an envelope of a key of
 * ours, all five kinds of log kept, access by EKS's API (no aws-auth map), an IAM provider for the roles of service
 * accounts, and no add-ons that EKS would install by itself and nobody would own.
 *
 * @public
 */
export class Cluster extends Construct {
  readonly name: string;
  readonly resource: CfnCluster;
  readonly endpoint: string;
  readonly oidcIssuerUrl: string;
  /** The issuer without `https://`, as trust policies name it. */
  readonly oidcIssuer: string;
  readonly oidcProviderArn: string;

  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    this.name = props.name;

    const role = new Role(this, 'role', {
      description: `Control plane of ${props.name}`,
      assumedBy: new ServicePrincipal('eks.amazonaws.com'),
      managedPolicies: [
        ManagedPolicy.fromAwsManagedPolicyName('AmazonEKSClusterPolicy'),
      ],
    });
    const keyUse = props.secretsKey.grantEncryptDecrypt(role);

    const logGroup = retainedLogGroup(this, 'log-group', {
      name: `/aws/eks/${props.name}/cluster`,
      retentionDays: props.logRetentionDays,
      key: props.logsKey,
    });

    const isPublic = props.publicAccessCidrs.length > 0;
    this.resource = new CfnCluster(this, 'control-plane', {
      name: props.name,
      version: props.version,
      roleArn: role.roleArn,
      bootstrapSelfManagedAddons: false,
      resourcesVpcConfig: {
        subnetIds: props.subnetIds,
        securityGroupIds: [props.securityGroup.groupId],
        endpointPrivateAccess: true,
        endpointPublicAccess: isPublic,
        ...(isPublic ? { publicAccessCidrs: props.publicAccessCidrs } : {}),
      },
      accessConfig: {
        authenticationMode: 'API',
        bootstrapClusterCreatorAdminPermissions: true,
      },
      encryptionConfig: [
        {
          resources: ['secrets'],
          provider: { keyArn: props.secretsKey.keyArn },
        },
      ],
      logging: {
        clusterLogging: {
          enabledTypes: [
            'api',
            'audit',
            'authenticator',
            'controllerManager',
            'scheduler',
          ].map(type => ({ type })),
        },
      },
    });
    this.resource.node.addDependency(logGroup);
    keyUse.applyBefore(this.resource);

    this.endpoint = this.resource.attrEndpoint;
    this.oidcIssuerUrl = this.resource.attrOpenIdConnectIssuerUrl;
    this.oidcIssuer = Fn.select(1, Fn.split('//', this.oidcIssuerUrl));
    this.oidcProviderArn = new CfnOIDCProvider(this, 'oidc-provider', {
      url: this.oidcIssuerUrl,
      clientIdList: ['sts.amazonaws.com'],
    }).attrArn;
  }

  /**
   * A role for people that operate the cluster: anyone whom the account lets assume it, with a second factor
   * (row 004-20), is administrator of Kubernetes and of nothing else.
   *
   * @returns ARN of the role
   */
  addAdministratorRole(accountId: string): string {
    const role = new Role(this, 'administrator', {
      description: `Kubernetes administrators of ${this.name}; asks for a second factor`,
      assumedBy: new AccountPrincipal(accountId).withConditions({
        Bool: { 'aws:MultiFactorAuthPresent': 'true' },
      }),
    });
    new CfnAccessEntry(this, 'administrator-access', {
      clusterName: this.resource.ref,
      principalArn: role.roleArn,
      type: 'STANDARD',
      accessPolicies: [
        {
          policyArn: `arn:${Aws.PARTITION}:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy`,
          accessScope: { type: 'cluster' },
        },
      ],
    });
    return role.roleArn;
  }
}
