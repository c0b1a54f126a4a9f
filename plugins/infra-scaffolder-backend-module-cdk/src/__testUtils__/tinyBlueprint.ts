import { EMPTY_ON_DESTROY_TAG } from '@slipway/plugin-infra-scaffolder-common';
import type { BlueprintInput } from '@slipway/plugin-infra-scaffolder-node';
import { type App, CfnOutput, RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import { CfnVPC } from 'aws-cdk-lib/aws-ec2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';

/* eslint-disable no-new -- constructs attach themselves to their scope */

/**
 * A few cheap resources in a chain. Parameters change it:
 * - `count`: so many more topics, which also make the template long; `days`, `comment`: changes to update to;
 * - `database`: one that is protected from deletion;
 * - `buckets`: one that may be emptied and, where it says `kept`, one that may not;
 * - `cidr`: of the network, where AWS is to refuse it; `retain`: the log group outlives the stack;
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
  const topic = new Topic(stack, 'Events', {
    topicName: `${input.stackName}-events`,
    displayName: String(input.parameters.comment ?? ''),
  });
  new LogGroup(stack, 'Logs', {
    logGroupName: `/slipway/${input.stackName}`,
    retention: Number(input.parameters.days ?? 7),
    removalPolicy: input.parameters.retain
      ? RemovalPolicy.RETAIN
      : RemovalPolicy.DESTROY,
  });
  const network = new CfnVPC(stack, 'Network', {
    cidrBlock: String(input.parameters.cidr ?? input.cidr),
  });
  const address = new StringParameter(stack, 'Address', {
    parameterName: `/slipway/${input.stackName}/events`,
    stringValue: topic.topicArn,
  });
  address.node.addDependency(network);
  if (input.parameters.database) {
    new CfnDBInstance(stack, 'Database', {
      dbInstanceIdentifier: `${input.stackName}-db`,
      dbInstanceClass: 'db.t3.micro',
      engine: 'postgres',
      allocatedStorage: '20',
      masterUsername: 'owner',
      manageMasterUserPassword: true,
      deletionProtection: true,
    }).applyRemovalPolicy(RemovalPolicy.DESTROY);
  }
  if (input.parameters.buckets) {
    const marked = new Bucket(stack, 'Uploads', {
      bucketName: `${input.stackName}-uploads`,
      versioned: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Tags.of(marked).add(EMPTY_ON_DESTROY_TAG, 'true');
  }
  if (input.parameters.buckets === 'kept') {
    new Bucket(stack, 'Archive', {
      bucketName: `${input.stackName}-archive`,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
  for (let index = 0; index < Number(input.parameters.count ?? 0); index++) {
    new Topic(stack, `Extra${index}`, { displayName: 'x'.repeat(90) });
  }
  new CfnOutput(stack, 'TopicArn', { value: topic.topicArn });
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
