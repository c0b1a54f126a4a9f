import {
  type ChangeSetSummary as AwsChangeSetSummary,
  type CloudFormationClient,
  DescribeChangeSetCommand,
  type DescribeChangeSetOutput,
} from '@aws-sdk/client-cloudformation';
import type { ChangeSetDescription, ChangeSetSummary } from './types';

/** All pages of a change set, put together; of a drift-aware one with the values, which templates do not have. */
export async function readChangeSet(
  client: CloudFormationClient,
  stackName: string,
  name: string,
  signal?: AbortSignal,
): Promise<ChangeSetDescription> {
  const raw = await readPages(client, { stackName, name }, signal);
  return toDescription(
    raw.DeploymentMode && raw.Status === 'CREATE_COMPLETE'
      ? await readPages(client, { stackName, name, values: true }, signal)
      : raw,
  );
}

async function readPages(
  client: CloudFormationClient,
  asked: { stackName: string; name: string; values?: boolean },
  signal?: AbortSignal,
): Promise<DescribeChangeSetOutput> {
  let raw: DescribeChangeSetOutput | undefined;
  let token: string | undefined;
  do {
    const { $metadata, ...page } = await client.send(
      new DescribeChangeSetCommand({
        StackName: asked.stackName,
        ChangeSetName: asked.name,
        IncludePropertyValues: asked.values,
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
  return raw;
}

function toDescription(raw: DescribeChangeSetOutput): ChangeSetDescription {
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
