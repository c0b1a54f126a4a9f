import { RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/**
 * An encrypted log group with a retention, gone with its stack. Services that would make their own
 * group on first use find this one, so nothing is left behind without an end.
 *
 * @public
 */
export function retainedLogGroup(
  scope: Construct,
  id: string,
  props: { name: string; retentionDays: number; key: IKey },
): LogGroup {
  const retention: RetentionDays = props.retentionDays;
  return new LogGroup(scope, id, {
    logGroupName: props.name,
    retention,
    encryptionKey: props.key,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}
