import {
  awsCommand,
  items,
  secretCommand,
  shellWord,
  type Place,
} from './Place';
import type { ConnectGroup } from './types';

const REDIS_PORT = '6379';

/** Endpoints of Aurora have `cluster-` before the account's own part; its clusters take logins by IAM. */
const AURORA = /^[^.]+\.cluster-/;

/**
 * A database: where it is, and how to get a credential that does not last. Aurora takes an IAM token, good for 15
 * minutes; else the password lies in Secrets Manager, where it is rotated.
 */
export function databaseGroup(place: Place): ConnectGroup {
  const host = place.output('DatabaseEndpoint');
  const reader = place.output('DatabaseReaderEndpoint');
  const port = place.output('DatabasePort') ?? '5432';
  const database = place.output('DatabaseName');
  const secret = place.output('DatabaseSecretArn');
  const isAurora = host !== undefined && AURORA.test(host);
  const identifier = host?.split('.')[0];
  const connection = [
    `host=${host}`,
    `port=${port}`,
    ...(database ? [`dbname=${database}`] : []),
    'user=DB_USER',
    'sslmode=require',
  ].join(' ');
  return {
    id: 'database',
    title: 'Database',
    note: 'Reached from within the VPC only: from a pod, or through a bastion.',
    items: items(
      host !== undefined && {
        id: 'database-endpoint',
        title: 'Endpoint',
        kind: 'address',
        value: `${host}:${port}`,
        open: identifier
          ? place.console(
              isAurora ? 'AWS::RDS::DBCluster' : 'AWS::RDS::DBInstance',
              identifier,
            )
          : undefined,
      },
      reader !== undefined && {
        id: 'database-reader',
        title: 'Endpoint for reading',
        kind: 'address',
        value: `${reader}:${port}`,
      },
      isAurora && {
        id: 'database-token',
        title: 'Password for 15 minutes',
        kind: 'command',
        value: awsCommand('rds generate-db-auth-token', place.region, {
          hostname: host,
          port,
          username: 'DB_USER',
        }),
        note: 'DB_USER is a database user that was granted rds_iam; your role needs rds-db:connect for it.',
      },
      secret !== undefined && {
        id: 'database-secret',
        title: isAurora ? 'Administrator’s login' : 'Login',
        kind: 'command',
        value: secretCommand(place, secret),
        note: 'User and password as JSON, from Secrets Manager; who reads it is in CloudTrail.',
        open: place.console('AWS::SecretsManager::Secret', secret),
      },
      host !== undefined && {
        id: 'database-psql',
        title: 'psql',
        kind: 'command',
        value: `psql ${shellWord(connection)}`,
        note: 'Asks for the password; put the user’s name for DB_USER.',
      },
    ),
  };
}

/** A Redis cache: where it is, and where its token lies. */
export function cacheGroup(place: Place): ConnectGroup {
  const host = place.output('CacheEndpoint');
  const secret = place.output('CacheSecretArn');
  return {
    id: 'cache',
    title: 'Cache',
    note: 'Reached from within the VPC only, over TLS; cluster mode.',
    items: items(
      host !== undefined && {
        id: 'cache-endpoint',
        title: 'Endpoint',
        kind: 'address',
        value: `${host}:${REDIS_PORT}`,
      },
      secret !== undefined && {
        id: 'cache-secret',
        title: 'AUTH token',
        kind: 'command',
        value: secretCommand(place, secret),
        note: 'JSON with the field token, from Secrets Manager.',
        open: place.console('AWS::SecretsManager::Secret', secret),
      },
      host !== undefined && {
        id: 'cache-cli',
        title: 'redis-cli',
        kind: 'command',
        value: `redis-cli -c --tls -h ${shellWord(
          host,
        )} -p ${REDIS_PORT} --askpass`,
      },
    ),
  };
}

/** Queues, topics and brokers. */
export function messagingGroup(place: Place): ConnectGroup {
  const queue = place.output('QueueUrl');
  const topic = place.output('TopicArn');
  const kafka = place.output('KafkaClusterArn');
  return {
    id: 'messaging',
    title: 'Messaging',
    items: items(
      queue !== undefined && {
        id: 'queue',
        title: 'Queue',
        kind: 'address',
        value: queue,
        open: place.console('AWS::SQS::Queue', queue),
      },
      queue !== undefined && {
        id: 'queue-depth',
        title: 'How full the queue is',
        kind: 'command',
        value: awsCommand('sqs get-queue-attributes', place.region, {
          'queue-url': queue,
          'attribute-names': 'ApproximateNumberOfMessages',
        }),
      },
      topic !== undefined && {
        id: 'topic',
        title: 'Topic',
        kind: 'address',
        value: topic,
        open: place.console('AWS::SNS::Topic', topic),
      },
      kafka !== undefined && {
        id: 'kafka-brokers',
        title: 'Addresses of the brokers',
        kind: 'command',
        value: awsCommand('kafka get-bootstrap-brokers', place.region, {
          'cluster-arn': kafka,
        }),
        note: 'Clients sign in by IAM, over TLS, from within the VPC.',
      },
    ),
  };
}

/** Buckets and tables. */
export function storageGroup(place: Place): ConnectGroup {
  const table = place.output('TableName');
  return {
    id: 'storage',
    title: 'Storage',
    items: [
      ...place.outputsEnding('Bucket').map(({ key, title, value }) => ({
        id: `bucket-${key}`,
        title,
        kind: 'address' as const,
        value: `s3://${value}`,
        open: place.console('AWS::S3::Bucket', value),
      })),
      ...items(
        table !== undefined && {
          id: 'table',
          title: 'DynamoDB table',
          kind: 'address',
          value: table,
          open: place.console('AWS::DynamoDB::Table', table),
        },
      ),
    ],
  };
}
