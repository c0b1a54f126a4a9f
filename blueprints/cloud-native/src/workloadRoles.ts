import type { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  allow,
  controllerRoles,
  type Foundation,
  readSecrets,
  serviceAccountRoles,
  type WorkQueue,
} from '@slipway/blueprint-constructs';
import { Construct } from 'constructs';

/** What the roles are narrowed to. */
interface WorkloadRolesProps {
  foundation: Foundation;
  databaseSecretArn: string;
  cacheSecretArn: string;
  storage: Bucket;
  backups: Bucket;
  work: WorkQueue;
  targetGroupArn: string;
}

const APPLICATION = 'application';
const X_RAY_WRITE = 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess';

/** A role for each kind of service (row 001-16), for Velero (001-32), for traces (001-38) and for the controllers. */
export function workloadRoles(stack: Construct, props: WorkloadRolesProps) {
  const { storage, backups, work } = props;
  const { cluster, dataKey } = props.foundation;
  const useKey = allow(
    ['kms:Decrypt', 'kms:GenerateDataKey'],
    [dataKey.keyArn],
  );
  const secretArns = [props.databaseSecretArn, props.cacheSecretArn];
  const objects = (bucket: Bucket) => [
    allow(
      ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
      [bucket.arnForObjects('*')],
    ),
    allow(['s3:ListBucket'], [bucket.bucketArn]),
  ];
  const publish = allow(['sns:Publish'], [work.topic.topicArn]);

  return serviceAccountRoles(new Construct(stack, 'workload-roles'), cluster, [
    {
      id: 'api',
      namespace: APPLICATION,
      serviceAccount: 'api',
      description: 'API: reads the credentials of database and cache',
      statements: [readSecrets(...secretArns), publish, useKey],
    },
    {
      id: 'microservices',
      namespace: APPLICATION,
      serviceAccount: 'microservices',
      description: 'Microservices: data, objects, events',
      statements: [
        readSecrets(...secretArns),
        publish,
        ...objects(storage),
        useKey,
      ],
    },
    {
      id: 'workers',
      namespace: APPLICATION,
      serviceAccount: 'workers',
      description: 'Workers: take work from the queue',
      statements: [
        readSecrets(...secretArns),
        allow(
          [
            'sqs:ReceiveMessage',
            'sqs:DeleteMessage',
            'sqs:ChangeMessageVisibility',
            'sqs:GetQueueAttributes',
          ],
          [work.queue.queueArn],
        ),
        ...objects(storage),
        useKey,
      ],
    },
    {
      id: 'velero',
      namespace: 'velero',
      serviceAccount: 'velero',
      description: 'Velero: keeps what is in the cluster',
      statements: [
        ...objects(backups),
        allow(
          [
            'ec2:DescribeVolumes',
            'ec2:DescribeSnapshots',
            'ec2:CreateTags',
            'ec2:CreateVolume',
            'ec2:CreateSnapshot',
            'ec2:DeleteSnapshot',
          ],
          ['*'],
        ),
        useKey,
      ],
    },
    {
      id: 'tracing',
      namespace: 'observability',
      serviceAccount: 'otel-collector',
      description: 'Collector: sends traces to X-Ray',
      statements: [],
      managedPolicyArns: [X_RAY_WRITE],
    },
    ...controllerRoles({
      cluster,
      targetGroupArn: props.targetGroupArn,
      secretArns,
      keyArn: dataKey.keyArn,
    }),
  ]);
}
