import type { BlueprintInput } from '@slipway/plugin-infra-scaffolder-node';
import { type App, Duration, Stack, Tags } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { blueprint as base } from './blueprint';

/** What a parameter says, and what none says. */
export const queueBlueprint = {
  ...base,
  id: 'queue',
  title: 'A queue',
  sizes: { dev: { title: 'Dev', description: 'One queue', parameters: {} } },
  parameters: {
    visibilitySeconds: {
      type: 'integer' as const,
      title: 'Seconds that a message is hidden',
      minimum: 1,
      maximum: 600,
      default: 30,
      group: 'Queue',
      message: 'Choose 1 to 600 seconds.',
    },
  },
  rules: [],
  outputs: [],
};

/** A queue whose visibility is the parameter's, and one whose retention nobody can choose. */
export function build(app: App, input: BlueprintInput): void {
  const stack = new Stack(app, input.stackName, {
    stackName: input.stackName,
    env: { account: input.accountId, region: input.region },
  });
  for (const [key, value] of Object.entries(input.tags)) {
    Tags.of(stack).add(key, value);
  }
  /* eslint-disable no-new -- constructs attach themselves to their scope */
  new Queue(stack, 'Orders', {
    queueName: `${input.stackName}-orders`,
    visibilityTimeout: Duration.seconds(
      Number(input.parameters.visibilitySeconds),
    ),
  });
  new Queue(stack, 'Returns', {
    queueName: `${input.stackName}-returns`,
    retentionPeriod: Duration.days(4),
  });
}
