import {
  type ChangeSetSummary as AwsChangeSetSummary,
  type CloudFormationClient,
  DescribeChangeSetCommand,
  type DescribeChangeSetOutput,
} from '@aws-sdk/client-cloudformation';
import type { ChangeSetDescription, ChangeSetSummary } from './types';

/** All pages of a change set, put together. */
export async function readChangeSet(
  client: CloudFormationClient,
  stackName: string,
  name: string,
  signal?: AbortSignal,
): Promise<ChangeSetDescription> {
  let raw: DescribeChangeSetOutput | undefined;
  let token: string | undefined;
  do {
    const { $metadata, ...page } = await client.send(
      new DescribeChangeSetCommand({
        StackName: stackName,
        ChangeSetName: name,
        NextToken: token,
      }),
      { abortSignal: signal },
    );
    raw = {
      ...page,
      Changes: [...(raw?.Changes ?? []), ...(page.Changes ?? [])],
    };
    token = page.NextToken;
  } while (token);
  return {
    id: raw.ChangeSetId ?? '',
    stackId: raw.StackId ?? '',
    status: raw.Status ?? '',
    statusReason: raw.StatusReason,
    physicalIds: Object.fromEntries(
      (raw.Changes ?? []).flatMap(({ ResourceChange: change }) =>
        change?.LogicalResourceId && change.PhysicalResourceId
          ? [[change.LogicalResourceId, change.PhysicalResourceId]]
          : [],
      ),
    ),
    raw,
  };
}

export function toChangeSetSummary(
  summary: AwsChangeSetSummary,
): ChangeSetSummary {
  return {
    id: summary.ChangeSetId ?? '',
    name: summary.ChangeSetName ?? '',
    status: summary.Status ?? '',
    executionStatus: summary.ExecutionStatus ?? '',
  };
}
