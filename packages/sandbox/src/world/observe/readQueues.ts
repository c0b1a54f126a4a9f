import { KafkaClient, ListClustersCommand } from '@aws-sdk/client-kafka';
import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Clients } from '../footprint/clients';
import { orNothing } from '../footprint/ensure';
import type { SystemFootprint } from '../footprint/types';
import type { QueueState } from '../types';

async function readQueue(
  sqs: SQSClient,
  QueueName: string,
): Promise<QueueState[]> {
  const found = await orNothing(
    sqs.send(new GetQueueUrlCommand({ QueueName })),
  );
  if (!found) {
    return [];
  }
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: found.QueueUrl,
      AttributeNames: ['ApproximateNumberOfMessages'],
    }),
  );
  return [
    {
      name: QueueName,
      kind: 'sqs',
      isAvailable: true,
      waiting: Number(Attributes?.ApproximateNumberOfMessages ?? 0),
    },
  ];
}

async function readKafka(
  kafka: KafkaClient,
  name: string,
): Promise<QueueState[]> {
  const { ClusterInfoList = [] } = await kafka.send(
    new ListClustersCommand({ ClusterNameFilter: name }),
  );
  return ClusterInfoList.filter(({ ClusterName }) => ClusterName === name).map(
    ({ State }) => ({
      name,
      kind: 'kafka',
      isAvailable: State === 'ACTIVE' || State === 'UPDATING',
      waiting: 0,
    }),
  );
}

/** The queues and Kafka clusters of a system in one region that exist. */
export async function readQueues(
  clients: Clients,
  system: SystemFootprint,
  region: string,
): Promise<QueueState[]> {
  const { queues = [], kafka } = system.regions[region] ?? {};
  const read = [
    ...queues.map(name => readQueue(clients.of(SQSClient, region), name)),
    ...(kafka ? [readKafka(clients.of(KafkaClient, region), kafka.name)] : []),
  ];
  return (await Promise.all(read)).flat();
}
