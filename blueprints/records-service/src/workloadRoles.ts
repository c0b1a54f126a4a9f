import { Aws } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import {
  allow,
  controllerRoles,
  type Foundation,
  type KafkaCluster,
  readSecrets,
  serviceAccountRoles,
} from '@slipway/blueprint-constructs';
import { Construct } from 'constructs';

/** What the roles are narrowed to. */
interface WorkloadRolesProps {
  foundation: Foundation;
  secretArns: string[];
  buckets: Record<'backups' | 'logs' | 'archives', Bucket>;
  kafka: KafkaCluster;
  tracing: boolean;
  targetGroupArn: string;
}

const APPLICATION = 'application';
const X_RAY_WRITE = 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess';

/** A role for each service (row 002-20), narrowed to what it does. */
export function workloadRoles(stack: Construct, props: WorkloadRolesProps) {
  const { buckets, secretArns } = props;
  const { cluster, dataKey, place } = props.foundation;
  const useKey = allow(
    ['kms:Decrypt', 'kms:GenerateDataKey'],
    [dataKey.keyArn],
  );
  const ofKafka = (kind: 'topic' | 'group') =>
    `arn:${Aws.PARTITION}:kafka:${place.region}:${place.accountId}:${kind}/${props.kafka.name}/*`;
  const write = (bucket: Bucket) =>
    allow(['s3:PutObject'], [bucket.arnForObjects('*')]);
  const connect = allow(
    ['kafka-cluster:Connect', 'kafka-cluster:DescribeCluster'],
    [props.kafka.arn],
  );

  const roles = serviceAccountRoles(
    new Construct(stack, 'workload-roles'),
    cluster,
    [
      {
        id: 'records',
        namespace: APPLICATION,
        serviceAccount: 'records',
        description: 'Records: data, cache, messages out, old data',
        statements: [
          readSecrets(...secretArns),
          connect,
          allow(
            ['kafka-cluster:DescribeTopic', 'kafka-cluster:WriteData'],
            [ofKafka('topic')],
          ),
          allow(['s3:GetObject'], [buckets.archives.arnForObjects('*')]),
          write(buckets.archives),
          useKey,
        ],
      },
      {
        id: 'ingest',
        namespace: APPLICATION,
        serviceAccount: 'ingest',
        description: 'Ingest: messages into the database',
        statements: [
          readSecrets(...secretArns),
          connect,
          allow(
            ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'],
            [ofKafka('topic')],
          ),
          allow(
            ['kafka-cluster:AlterGroup', 'kafka-cluster:DescribeGroup'],
            [ofKafka('group')],
          ),
          useKey,
        ],
      },
      {
        id: 'logs',
        namespace: 'observability',
        serviceAccount: 'log-collector',
        description: 'Log collector: keeps application logs',
        statements: [write(buckets.logs), useKey],
      },
      ...controllerRoles({
        cluster,
        targetGroupArn: props.targetGroupArn,
        secretArns,
        keyArn: dataKey.keyArn,
      }),
    ],
  );
  const { tracing } = props.tracing
    ? serviceAccountRoles(new Construct(stack, 'tracing-role'), cluster, [
        {
          id: 'tracing',
          namespace: 'observability',
          serviceAccount: 'otel-collector',
          description: 'Collector: sends traces to X-Ray',
          statements: [],
          managedPolicyArns: [X_RAY_WRITE],
        },
      ])
    : { tracing: undefined };
  return { ...roles, tracing };
}
