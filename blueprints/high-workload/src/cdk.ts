import { type App, CfnOutput, Stack } from 'aws-cdk-lib';
import { EnvironmentStack } from '@slipway/blueprint-constructs';
import type { BlueprintInput } from '@slipway/plugin-infra-scaffolder-node';
import { HighWorkload } from './HighWorkload';
import { readSettings } from './settings';

/**
 * Builds the stack of one environment. Loaded by the CDK engine's worker; reads nothing but its input, and gives the
 * same template for the same input.
 *
 * @throws InputError if a parameter does not fit.
 * @public
 */
export function build(app: App, input: BlueprintInput): Stack {
  const stack = new EnvironmentStack(app, {
    stackName: input.stackName,
    accountId: input.accountId,
    region: input.region,
    description: `High-workload system of environment ${input.environment.name}`,
    tags: input.tags,
  });
  const system = new HighWorkload(
    stack,
    input,
    readSettings(input.parameters, input.region),
  );
  for (const [key, value] of Object.entries(system.outputs)) {
    new CfnOutput(stack, key, { value });
  }
  return stack;
}
