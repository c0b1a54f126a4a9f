import { readFileSync } from 'node:fs';
import {
  CloudFormationClient,
  paginateListStackResources,
  paginateListStacks,
} from '@aws-sdk/client-cloudformation';
import { awsSettings } from '../../support/aws';

/** A stack that is or was there. */
interface ListedStack {
  id: string;
  status: string;
}

/** Every stack that ever had an environment's name, those that are deleted too. */
export async function stacksEver(
  awsUrl: string,
  environment: string,
  region = 'us-east-1',
): Promise<ListedStack[]> {
  const client = new CloudFormationClient(awsSettings(awsUrl, region));
  const stacks: ListedStack[] = [];
  for await (const { StackSummaries = [] } of paginateListStacks(
    { client },
    {},
  )) {
    for (const { StackName, StackId, StackStatus } of StackSummaries) {
      if (StackName === `slipway-${environment}`) {
        stacks.push({ id: StackId!, status: StackStatus! });
      }
    }
  }
  return stacks;
}

/** Logical ids of a stack's resources, as CloudFormation lists them. */
export async function resourcesOf(
  awsUrl: string,
  environment: string,
  region = 'us-east-1',
): Promise<string[]> {
  const client = new CloudFormationClient(awsSettings(awsUrl, region));
  const ids: string[] = [];
  for await (const {
    StackResourceSummaries = [],
  } of paginateListStackResources(
    { client },
    { StackName: `slipway-${environment}` },
  )) {
    ids.push(...StackResourceSummaries.map(each => each.LogicalResourceId!));
  }
  return ids;
}

/** A call as the gateway wrote it down. */
interface LoggedCall {
  at: string;
  operation: string;
  region: string;
  status: number;
  faults: string[];
}

/** Calls of one operation since a time. */
export function loggedCalls(
  file: string,
  operation: string,
  since: Date,
): LoggedCall[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as LoggedCall)
    .filter(call => call.operation === operation && new Date(call.at) >= since);
}
