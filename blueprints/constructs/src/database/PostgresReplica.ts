import { CfnDeletionPolicy, Tags } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnDBInstance, CfnDBSubnetGroup } from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import type { SecurityGroup } from '../network/SecurityGroup';

/** @public */
export interface PostgresReplicaProps {
  identifier: string;
  /** ARN of the instance in the other region. */
  sourceArn: string;
  sourceRegion: string;
  instanceClass: string;
  deletionProtection: boolean;
  subnetIds: string[];
  securityGroup: SecurityGroup;
  dataKey: IKey;
}

/**
 * A read replica of another region's PostgreSQL, encrypted by a key of this one, to be promoted when that region is lost
 * (rows 000-22, 000-23). It takes login and settings from its source.
 *
 * @public
 */
export class PostgresReplica extends Construct {
  readonly instance: CfnDBInstance;
  readonly replicas: CfnDBInstance[] = [];
  readonly endpointAddress: string;
  readonly endpointPort: string;
  readonly readerAddress: string;

  constructor(scope: Construct, id: string, props: PostgresReplicaProps) {
    super(scope, id);
    const subnetGroup = new CfnDBSubnetGroup(this, 'subnet-group', {
      dbSubnetGroupDescription: `Database subnets of ${props.identifier}`,
      subnetIds: props.subnetIds,
    });
    this.instance = new CfnDBInstance(this, 'instance', {
      dbInstanceIdentifier: props.identifier,
      sourceDbInstanceIdentifier: props.sourceArn,
      sourceRegion: props.sourceRegion,
      engine: 'postgres',
      dbInstanceClass: props.instanceClass,
      kmsKeyId: props.dataKey.keyArn,
      dbSubnetGroupName: subnetGroup.ref,
      vpcSecurityGroups: [props.securityGroup.groupId],
      publiclyAccessible: false,
      copyTagsToSnapshot: true,
      autoMinorVersionUpgrade: true,
      enablePerformanceInsights: true,
      performanceInsightsKmsKeyId: props.dataKey.keyArn,
      performanceInsightsRetentionPeriod: 7,
      deletionProtection: props.deletionProtection,
    });
    // AWS's documentation of a replica in another region: KmsKeyId yes, StorageEncrypted no. cfn-lint asks for both.
    this.instance.addMetadata('cfn-lint', {
      config: { ignore_checks: ['E3720'] },
    });
    this.instance.cfnOptions.deletionPolicy = CfnDeletionPolicy.DELETE;
    this.instance.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.DELETE;
    Tags.of(this.instance).add('Name', props.identifier);
    this.endpointAddress = this.instance.attrEndpointAddress;
    this.endpointPort = this.instance.attrEndpointPort;
    this.readerAddress = this.endpointAddress;
  }
}
