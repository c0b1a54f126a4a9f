import type { BlueprintInput } from '@slipway/plugin-infra-scaffolder-node';
import {
  type App,
  CfnOutput,
  Duration,
  RemovalPolicy,
  Stack,
  Tags,
} from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';

/**
 * A few cheap resources in a chain. Its parameters make it misbehave, each in one way:
 * - `count`: so many more queues; `comment`: long text that makes the template long;
 * - `fail`: a name that AWS refuses; `retain`: the log group outlives the stack;
 * - `crash`, `hang`, `memory`, `disk`, `throw`: what the process that builds it suffers.
 */
export function build(app: App, input: BlueprintInput): void {
  misbehave(input);
  const stack = new Stack(app, input.stackName, {
    stackName: input.stackName,
    env: { account: input.accountId, region: input.region },
  });
  for (const [key, value] of Object.entries(input.tags)) {
    Tags.of(stack).add(key, value);
  }
  const queue = new Queue(stack, 'Orders', {
    queueName: input.parameters.fail
      ? 'a name that AWS refuses'
      : `${input.stackName}-orders`,
    visibilityTimeout: Duration.seconds(
      Number(input.parameters.timeout ?? 30),
    ),
  });
  const topic = new Topic(stack, 'Events', {
    displayName: String(input.parameters.comment ?? ''),
  });
  topic.addSubscription(new SqsSubscription(queue));
  new LogGroup(stack, 'Logs', {
    logGroupName: `/slipway/${input.stackName}`,
    removalPolicy: input.parameters.retain
      ? RemovalPolicy.RETAIN
      : RemovalPolicy.DESTROY,
  });
  for (let index = 0; index < Number(input.parameters.count ?? 0); index++) {
    new Queue(stack, `Extra${index}`);
  }
  new CfnOutput(stack, 'QueueUrl', { value: queue.queueUrl });
}

function misbehave({ parameters }: BlueprintInput): void {
  if (parameters.throw) {
    throw new Error(String(parameters.throw));
  }
  if (parameters.disk) {
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
    });
  }
  if (parameters.crash) {
    process.kill(process.pid, 'SIGKILL');
  }
  if (parameters.memory) {
    const kept: string[][] = [];
    for (;;) {
      kept.push(Array.from({ length: 100_000 }, (_, i) => `${i}${i}`));
    }
  }
  while (parameters.hang || parameters.crash) {
    // Until somebody ends the process.
  }
}
