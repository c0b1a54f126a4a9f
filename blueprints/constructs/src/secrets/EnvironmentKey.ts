import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

/** @public */
export interface EnvironmentKeyProps {
  /** Without `alias/`. */
  alias: string;
  description: string;
  /** 7 to 30; how long the key can be rescued after its stack is gone. */
  pendingWindowDays: number;
}

/**
 * A customer-managed AES-256 key with yearly rotation (row 004-39).
 *
 * @public
 */
export class EnvironmentKey extends Key {
  constructor(scope: Construct, id: string, props: EnvironmentKeyProps) {
    super(scope, id, {
      alias: props.alias,
      description: props.description,
      enableKeyRotation: true,
      pendingWindow: Duration.days(props.pendingWindowDays),
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  /** Lets CloudWatch Logs of one account and region encrypt log groups with it. */
  allowLogs(accountId: string, region: string): this {
    this.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal(`logs.${region}.amazonaws.com`)],
        actions: [
          'kms:Encrypt*',
          'kms:Decrypt*',
          'kms:ReEncrypt*',
          'kms:GenerateDataKey*',
          'kms:Describe*',
        ],
        resources: ['*'],
        conditions: {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': `arn:*:logs:${region}:${accountId}:log-group:*`,
          },
        },
      }),
    );
    return this;
  }

  /** Lets a service of the same account use it for messages and files it writes, e.g. `cloudwatch.amazonaws.com`. */
  allowService(service: string, accountId: string): this {
    this.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal(service)],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': accountId } },
      }),
    );
    return this;
  }
}
