import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { orNothing, until } from '../ensure';
import { environmentOf, tagList } from '../tags';
import { templateOf } from '../template';
import type { Site } from './site';

/** What the stack of a system and region leaves for the rest to stand on. */
export interface StackOutputs {
  dataSubnets: string[];
  dataGroup: string;
  loadBalancerName: string;
  loadBalancerZone: string;
  certificate: string;
}

async function describe(site: Site): Promise<Stack | undefined> {
  const answer = await orNothing(
    site
      .client(CloudFormationClient)
      .send(
        new DescribeStacksCommand({ StackName: environmentOf(site.system) }),
      ),
  );
  return answer?.Stacks?.[0];
}

/** The stack of network, load balancer and cluster; undefined for a region without a network. */
export async function makeStack(site: Site): Promise<StackOutputs | undefined> {
  const template = templateOf(site.system, site.region);
  if (!template) {
    return undefined;
  }
  const name = environmentOf(site.system);
  if (!(await describe(site))) {
    await site.client(CloudFormationClient).send(
      new CreateStackCommand({
        StackName: name,
        TemplateBody: JSON.stringify(template),
        Capabilities: ['CAPABILITY_NAMED_IAM'],
        Tags: tagList(site.system),
        EnableTerminationProtection: true,
      }),
    );
  }
  let stack: Stack | undefined;
  await until(`the stack ${name} in ${site.region}`, site.signal, async () => {
    stack = await describe(site);
    return !stack?.StackStatus?.endsWith('_IN_PROGRESS');
  });
  if (!stack || !/^(CREATE|UPDATE)_COMPLETE$/.test(stack.StackStatus!)) {
    throw new Error(
      `The stack ${name} in ${site.region} is ${stack?.StackStatus}: ${stack?.StackStatusReason} script/sandbox reset --yes empties AWS, and all is made again.`,
    );
  }
  const outputs = new Map(
    stack.Outputs?.map(({ OutputKey, OutputValue }) => [
      OutputKey,
      OutputValue ?? '',
    ]),
  );
  const output = (key: keyof typeof template.Outputs) => outputs.get(key) ?? '';
  return {
    dataSubnets: output('DataSubnets').split(','),
    dataGroup: output('DataGroup'),
    loadBalancerName: output('LoadBalancerName'),
    loadBalancerZone: output('LoadBalancerZone'),
    certificate: output('Certificate'),
  };
}
