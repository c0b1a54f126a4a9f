import {
  CreateClusterCommand,
  KafkaClient,
  ListClustersCommand,
} from '@aws-sdk/client-kafka';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { until } from '../ensure';
import { tagsOf } from '../tags';
import type { KafkaFootprint } from '../types';
import type { Site } from './site';
import type { StackOutputs } from './stack';

/** Twenty minutes: longer than any worker takes for one message. */
const VISIBILITY_SECONDS = 1200;

/** A queue of SQS. */
export async function makeQueue(site: Site, name: string): Promise<void> {
  await site.client(SQSClient).send(
    new CreateQueueCommand({
      QueueName: name,
      Attributes: {
        VisibilityTimeout: `${VISIBILITY_SECONDS}`,
        SqsManagedSseEnabled: 'true',
      },
      tags: tagsOf(site.system),
    }),
  );
}

/** An MSK cluster over all zones. */
export async function makeKafka(
  site: Site,
  kafka: KafkaFootprint,
  stack: StackOutputs,
): Promise<void> {
  const client = site.client(KafkaClient);
  const find = async () => {
    const { ClusterInfoList = [] } = await client.send(
      new ListClustersCommand({ ClusterNameFilter: kafka.name }),
    );
    return ClusterInfoList.find(
      ({ ClusterName }) => ClusterName === kafka.name,
    );
  };
  if (!(await find())) {
    await client.send(
      new CreateClusterCommand({
        ClusterName: kafka.name,
        KafkaVersion: kafka.version,
        NumberOfBrokerNodes: kafka.brokers,
        BrokerNodeGroupInfo: {
          InstanceType: kafka.brokerType,
          ClientSubnets: stack.dataSubnets,
          SecurityGroups: [stack.dataGroup],
          StorageInfo: { EbsStorageInfo: { VolumeSize: kafka.storageGb } },
        },
        Tags: tagsOf(site.system),
      }),
    );
  }
  await until(
    `the Kafka cluster ${kafka.name}`,
    site.signal,
    async () => (await find())?.State === 'ACTIVE',
  );
}
