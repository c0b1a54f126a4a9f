import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

/** @public */
export interface AuditTrailProps {
  name: string;
  accountId: string;
  region: string;
  /** Where the trail is written. */
  bucket: Bucket;
  /** Buckets whose every read and write is recorded. */
  watchedBuckets: Bucket[];
}

/**
 * Who did what by the AWS API (row 004-43): management calls of the region, and each access to the environment's
 * objects, with digests that show tampering.
 *
 * @public
 */
export class AuditTrail extends Construct {
  constructor(scope: Construct, id: string, props: AuditTrailProps) {
    super(scope, id);
    const prefix = 'audit';
    const principal = new ServicePrincipal('cloudtrail.amazonaws.com');
    const trailArn = `arn:aws:cloudtrail:${props.region}:${props.accountId}:trail/${props.name}`;
    const conditions = { StringEquals: { 'aws:SourceArn': trailArn } };
    props.bucket.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        principals: [principal],
        actions: ['s3:GetBucketAcl'],
        resources: [props.bucket.bucketArn],
        conditions,
      }),
    );
    props.bucket.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        principals: [principal],
        actions: ['s3:PutObject'],
        resources: [
          props.bucket.arnForObjects(`${prefix}/AWSLogs/${props.accountId}/*`),
        ],
        conditions,
      }),
    );
    const trail = new CfnTrail(this, 'Resource', {
      trailName: props.name,
      s3BucketName: props.bucket.bucketName,
      s3KeyPrefix: prefix,
      isLogging: true,
      isMultiRegionTrail: false,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      eventSelectors: [
        {
          readWriteType: 'All',
          includeManagementEvents: true,
          dataResources: [
            {
              type: 'AWS::S3::Object',
              values: props.watchedBuckets.map(
                bucket => `${bucket.bucketArn}/`,
              ),
            },
          ],
        },
      ],
    });
    if (props.bucket.policy) {
      trail.node.addDependency(props.bucket.policy);
    }
  }
}
