import {
  CfnScalableTarget,
  CfnScalingPolicy,
} from 'aws-cdk-lib/aws-applicationautoscaling';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnCluster } from 'aws-cdk-lib/aws-msk';
import { Construct } from 'constructs';
import type { SecurityGroup } from '../network/SecurityGroup';
import { retainedLogGroup } from '../observability/logGroup';

/** Port of Kafka with IAM authentication over TLS. @public */
export const KAFKA_PORT = 9098;

/** How full brokers' storage may be before it grows. Source: Amazon MSK Developer Guide, "Automatic scaling". */
const STORAGE_PERCENT = 60;

/** @public */
export interface KafkaClusterProps {
  name: string;
  /** e.g. `3.9.x`. */
  version: string;
  /** e.g. `kafka.m5.large`. */
  brokerType: string;
  /** A multiple of the number of subnets. */
  brokers: number;
  /** Of each broker, to begin with. */
  storageGb: number;
  /** Up to where it grows by itself when it is fuller than 60 %; it never shrinks. */
  maxStorageGb: number;
  subnetIds: string[];
  securityGroup: SecurityGroup;
  dataKey: IKey;
  logsKey: IKey;
  logRetentionDays: number;
}

/**
 * Kafka by MSK (row 002-14): one broker in each zone or a multiple, reached by TLS with roles of IAM only, encrypted by a key
 * of ours, its logs kept, its storage growing by itself.
 *
 * @public
 */
export class KafkaCluster extends Construct {
  readonly arn: string;
  readonly name: string;
  /** The only way to the brokers' addresses; CloudFormation does not tell them. */
  readonly brokersCommand: string;

  constructor(
    scope: Construct,
    id: string,
    props: KafkaClusterProps & { region: string },
  ) {
    super(scope, id);
    this.name = props.name;
    const logGroup = retainedLogGroup(this, 'log', {
      name: `/slipway/${props.name}/kafka`,
      retentionDays: props.logRetentionDays,
      key: props.logsKey,
    });
    const cluster = new CfnCluster(this, 'Resource', {
      clusterName: props.name,
      kafkaVersion: props.version,
      numberOfBrokerNodes: props.brokers,
      brokerNodeGroupInfo: {
        instanceType: props.brokerType,
        clientSubnets: props.subnetIds,
        securityGroups: [props.securityGroup.groupId],
        storageInfo: { ebsStorageInfo: { volumeSize: props.storageGb } },
      },
      clientAuthentication: {
        sasl: { iam: { enabled: true } },
        unauthenticated: { enabled: false },
      },
      encryptionInfo: {
        encryptionAtRest: { dataVolumeKmsKeyId: props.dataKey.keyArn },
        encryptionInTransit: { clientBroker: 'TLS', inCluster: true },
      },
      enhancedMonitoring: 'PER_BROKER',
      loggingInfo: {
        brokerLogs: {
          cloudWatchLogs: { enabled: true, logGroup: logGroup.logGroupName },
        },
      },
    });
    this.arn = cluster.attrArn;
    const target = new CfnScalableTarget(this, 'storage', {
      serviceNamespace: 'kafka',
      scalableDimension: 'kafka:broker-storage:VolumeSize',
      resourceId: this.arn,
      minCapacity: 1,
      maxCapacity: props.maxStorageGb,
    });
    new CfnScalingPolicy(this, 'storage-growth', {
      policyName: `${props.name}-storage`,
      policyType: 'TargetTrackingScaling',
      scalingTargetId: target.ref,
      targetTrackingScalingPolicyConfiguration: {
        targetValue: STORAGE_PERCENT,
        disableScaleIn: true,
        predefinedMetricSpecification: {
          predefinedMetricType: 'KafkaBrokerStorageUtilization',
        },
      },
    });
    this.brokersCommand = `aws kafka get-bootstrap-brokers --region ${props.region} --cluster-arn ${this.arn}`;
  }
}
