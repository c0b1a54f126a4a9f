import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnSubscription, Topic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** @public */
export interface WorkQueueProps {
  name: string;
  key: IKey;
  /** How long a worker may take before the message is handed out again. */
  visibilitySeconds: number;
  /** Failed attempts after which a message is put aside. */
  maxReceives: number;
}

const KEPT_DAYS = 14;

/**
 * Asynchronous work (row 001-10): a topic to which services publish, a queue from which workers take, and another for
 * what they could not do. All encrypted by a key of ours and reached by TLS only.
 *
 * @public
 */
export class WorkQueue extends Construct {
  readonly topic: Topic;
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: WorkQueueProps) {
    super(scope, id);
    const shared = {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: props.key,
      enforceSSL: true,
      retentionPeriod: Duration.days(KEPT_DAYS),
      removalPolicy: RemovalPolicy.DESTROY,
    };
    this.deadLetters = new Queue(this, 'dead-letters', {
      ...shared,
      queueName: `${props.name}-dead-letters`,
    });
    this.queue = new Queue(this, 'queue', {
      ...shared,
      queueName: props.name,
      visibilityTimeout: Duration.seconds(props.visibilitySeconds),
      receiveMessageWaitTime: Duration.seconds(20),
      deadLetterQueue: {
        queue: this.deadLetters,
        maxReceiveCount: props.maxReceives,
      },
    });
    this.topic = new Topic(this, 'topic', {
      topicName: props.name,
      displayName: `Events of ${props.name}`,
      masterKey: props.key,
      enforceSSL: true,
    });
    this.queue.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal('sns.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.queue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': this.topic.topicArn } },
      }),
    );
    new CfnSubscription(this, 'subscription', {
      topicArn: this.topic.topicArn,
      protocol: 'sqs',
      endpoint: this.queue.queueArn,
      rawMessageDelivery: true,
    });
  }
}
