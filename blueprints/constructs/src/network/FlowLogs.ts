import { CfnFlowLog } from 'aws-cdk-lib/aws-ec2';
import {
  Effect,
  PolicyDocument,
  PolicyStatement,
  Role,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { retainedLogGroup } from '../observability/logGroup';

/** @public */
export interface FlowLogsProps {
  name: string;
  vpcId: string;
  accountId: string;
  region: string;
  retentionDays: number;
  key: IKey;
}

/**
 * All accepted and refused traffic of a VPC, by the minute, into an encrypted log group
 * (row 004-43).
 *
 * @public
 */
export class FlowLogs extends Construct {
  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const logGroup = retainedLogGroup(this, 'log-group', {
      name: `/slipway/${props.name}/flow-logs`,
      retentionDays: props.retentionDays,
      key: props.key,
    });
    const role = new Role(this, 'role', {
      description: `Writes the flow logs of ${props.name}`,
      assumedBy: new ServicePrincipal('vpc-flow-logs.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': props.accountId },
        },
      }),
      inlinePolicies: {
        write: new PolicyDocument({
          statements: [
            new PolicyStatement({
              effect: Effect.ALLOW,
              actions: [
                'logs:CreateLogStream',
                'logs:DescribeLogStreams',
                'logs:PutLogEvents',
              ],
              resources: [logGroup.logGroupArn],
            }),
          ],
        }),
      },
    });
    new CfnFlowLog(this, 'flow-log', {
      resourceId: props.vpcId,
      resourceType: 'VPC',
      trafficType: 'ALL',
      logDestinationType: 'cloud-watch-logs',
      logGroupName: logGroup.logGroupName,
      deliverLogsPermissionArn: role.roleArn,
      maxAggregationInterval: 60,
    });
  }
}
