import type {
  Stack as SdkStack,
  StackEvent as SdkStackEvent,
  StackResourceSummary,
} from '@aws-sdk/client-cloudformation';
import type { Stack, StackEvent, StackOperation, StackResource } from './types';

const CAPABILITIES = ['CAPABILITY_NAMED_IAM' as const];

export function oldestFirst(
  newestFirst: Map<string, StackEvent>,
): StackEvent[] {
  return [...newestFirst.values()]
    .reverse()
    .sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
}

export function toRequest({ stackName, template, tags }: StackOperation) {
  return {
    StackName: stackName,
    ...('body' in template
      ? { TemplateBody: template.body }
      : { TemplateURL: template.url }),
    Capabilities: CAPABILITIES,
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

export function toStack(stack: SdkStack): Stack {
  return {
    id: stack.StackId ?? '',
    name: stack.StackName ?? '',
    status: stack.StackStatus ?? '',
    statusReason: stack.StackStatusReason,
    lastUpdatedAt: utc(stack.LastUpdatedTime ?? stack.CreationTime),
    tags: Object.fromEntries(
      (stack.Tags ?? []).map(tag => [tag.Key ?? '', tag.Value ?? '']),
    ),
    outputs: Object.fromEntries(
      (stack.Outputs ?? []).map(output => [
        output.OutputKey ?? '',
        output.OutputValue ?? '',
      ]),
    ),
  };
}

export function toStackResource(resource: StackResourceSummary): StackResource {
  return {
    logicalId: resource.LogicalResourceId ?? '',
    physicalId: resource.PhysicalResourceId,
    type: resource.ResourceType ?? '',
    status: resource.ResourceStatus ?? '',
    reason: resource.ResourceStatusReason,
    updatedAt: utc(resource.LastUpdatedTimestamp),
  };
}

export function toStackEvent(event: SdkStackEvent): StackEvent {
  return {
    id: event.EventId ?? '',
    logicalId: event.LogicalResourceId ?? '',
    physicalId: event.PhysicalResourceId || undefined,
    type: event.ResourceType ?? '',
    status: event.ResourceStatus ?? '',
    reason: event.ResourceStatusReason || undefined,
    at: utc(event.Timestamp),
    token: event.ClientRequestToken,
  };
}

function utc(time: Date | undefined): string {
  return (time ?? new Date(0)).toISOString();
}
