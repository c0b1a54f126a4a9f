import type {
  EnvironmentResource,
  ResourceStatus,
} from '@slipway/plugin-infra-scaffolder-common';
import { consoleUrl } from '@slipway/plugin-infra-scaffolder-node';
import type { StackEvent, StackResource } from '../aws/types';

const STACK_TYPE = 'AWS::CloudFormation::Stack';

/** What the events so far say, resource by resource. Plain data; {@link foldEvent} makes the next one. */
export interface ResourceStates {
  resources: Record<string, EnvironmentResource>;
  /** The first resource that failed by itself, not because another did. */
  firstFailure?: EnvironmentResource;
  /** AWS's word for the stack itself. */
  stackStatus?: string;
}

/** What is known beside the events. */
export interface StackFacts {
  stackId: string;
  region: string;
  /** By logical id. */
  paths: Record<string, string>;
}

/**
 * Adds one event. One that shows up late, older than what is known of its resource, only adds when the work began and
 * what failed first.
 *
 * @returns the resource as it is now; none where the event speaks of the stack itself, or is late.
 */
export function foldEvent(
  states: ResourceStates,
  event: StackEvent,
  facts: StackFacts,
): { states: ResourceStates; resource?: EnvironmentResource } {
  if (event.type === STACK_TYPE && event.physicalId === facts.stackId) {
    return { states: { ...states, stackStatus: event.status } };
  }
  const before = states.resources[event.logicalId];
  const physicalId = event.physicalId ?? before?.physicalId;
  const status = resourceStatus(event.status);
  const begins = status === 'working' && before?.status !== 'working';
  const startedAt = begins ? event.at : before?.startedAt;
  const url = consoleUrl(event.type, physicalId, facts.region);
  const resource: EnvironmentResource = {
    logicalId: event.logicalId,
    type: event.type,
    path: facts.paths[event.logicalId] ?? event.logicalId,
    ...(physicalId && { physicalId }),
    status,
    awsStatus: event.status,
    ...(event.reason && { reason: event.reason }),
    ...(startedAt && { startedAt }),
    updatedAt: event.at,
    ...(url && { consoleUrl: url }),
  };
  const isLate = before !== undefined && event.at < before.updatedAt;
  const kept = isLate
    ? { ...before, startedAt: before.startedAt ?? startedAt }
    : resource;
  const causedByOther = /cancelled|canceled/i.test(event.reason ?? '');
  const failsByItself = status === 'failed' && !causedByOther;
  return {
    states: {
      ...states,
      resources: { ...states.resources, [event.logicalId]: kept },
      firstFailure: failsByItself
        ? earlier(states.firstFailure, resource)
        : states.firstFailure,
    },
    ...(!isLate && { resource }),
  };
}

function earlier(
  known: EnvironmentResource | undefined,
  other: EnvironmentResource,
): EnvironmentResource {
  return known && known.updatedAt <= other.updatedAt ? known : other;
}

/** How many resources stand as wanted: made or changed, or gone in a destroy. */
export function countDone(
  { resources }: ResourceStates,
  goal: 'present' | 'gone',
): number {
  const wanted: ResourceStatus[] =
    goal === 'present' ? ['done'] : ['deleted', 'skipped'];
  return Object.values(resources).filter(each => wanted.includes(each.status))
    .length;
}

/** A resource as AWS lists it now. */
export function toEnvironmentResource(
  resource: StackResource,
  { region, paths }: Omit<StackFacts, 'stackId'>,
): EnvironmentResource {
  const { logicalId, physicalId, type, status, reason, updatedAt } = resource;
  const url = consoleUrl(type, physicalId, region);
  return {
    logicalId,
    type,
    path: paths[logicalId] ?? logicalId,
    ...(physicalId && { physicalId }),
    status: resourceStatus(status),
    awsStatus: status,
    ...(reason && { reason }),
    updatedAt,
    ...(url && { consoleUrl: url }),
  };
}

function resourceStatus(awsStatus: string): ResourceStatus {
  if (awsStatus.endsWith('_FAILED')) {
    return 'failed';
  }
  if (awsStatus.endsWith('_IN_PROGRESS')) {
    return 'working';
  }
  if (awsStatus === 'DELETE_COMPLETE') {
    return 'deleted';
  }
  if (awsStatus === 'DELETE_SKIPPED') {
    return 'skipped';
  }
  return awsStatus.endsWith('_COMPLETE') ? 'done' : 'pending';
}
