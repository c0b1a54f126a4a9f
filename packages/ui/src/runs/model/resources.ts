import type { RunEvent } from '@slipway/plugin-runs-common';

/** How far one resource of a run is. Times are ISO 8601. @public */
export interface ResourceProgress {
  logicalId: string;
  type: string;
  path: string;
  physicalId?: string;
  status: 'pending' | 'working' | 'done' | 'failed' | 'deleted' | 'skipped';
  /** The provider's own word, e.g. `CREATE_COMPLETE`. */
  awsStatus: string;
  reason?: string;
  startedAt?: string;
  updatedAt?: string;
  consoleUrl?: string;
}

/** Code of events that carry a resource in their data. */
const RESOURCE_CODE = 'infra.resource';

const STATUSES: ReadonlyArray<string> = [
  'pending',
  'working',
  'done',
  'failed',
  'deleted',
  'skipped',
];

/** The resource that an event tells of, where it tells of one. @public */
export function resourceOfEvent(event: RunEvent): ResourceProgress | undefined {
  const { logicalId, type, path, status, awsStatus } = event.data;
  if (
    event.code !== RESOURCE_CODE ||
    typeof logicalId !== 'string' ||
    typeof status !== 'string' ||
    !STATUSES.includes(status)
  ) {
    return undefined;
  }
  return {
    logicalId,
    type: text(type) ?? '',
    path: text(path) ?? logicalId,
    status: status as ResourceProgress['status'],
    awsStatus: text(awsStatus) ?? '',
    physicalId: text(event.data.physicalId),
    reason: text(event.data.reason),
    startedAt: text(event.data.startedAt),
    updatedAt: text(event.data.updatedAt) ?? event.at,
    consoleUrl: text(event.data.consoleUrl),
  };
}

/**
 * The resources of a run in the order in which they were planned, then in which they were first heard of; each as
 * the newest event has it. Those only planned are pending.
 *
 * @param planned - what the plan names.
 * @param events - in order of their sequence.
 * @public
 */
export function foldResources(
  planned: Array<{ logicalId: string; type: string; path: string }>,
  events: RunEvent[],
): ResourceProgress[] {
  const byId = new Map<string, ResourceProgress>(
    planned.map(({ logicalId, type, path }) => [
      logicalId,
      { logicalId, type, path, status: 'pending', awsStatus: '' },
    ]),
  );
  for (const event of events) {
    const next = resourceOfEvent(event);
    if (next) {
      const old = byId.get(next.logicalId);
      byId.set(next.logicalId, {
        ...next,
        type: next.type || (old?.type ?? ''),
        startedAt: next.startedAt ?? old?.startedAt ?? startOf(next, event),
        physicalId: next.physicalId ?? old?.physicalId,
        consoleUrl: next.consoleUrl ?? old?.consoleUrl,
      });
    }
  }
  return [...byId.values()];
}

/**
 * The new list, with the old one's objects where nothing about them changed, so that only what changed is drawn again.
 *
 * @public
 */
export function keepUnchanged(
  old: ResourceProgress[],
  next: ResourceProgress[],
): ResourceProgress[] {
  const byId = new Map(old.map(resource => [resource.logicalId, resource]));
  const kept = next.map(resource => {
    const before = byId.get(resource.logicalId);
    return before && isSame(before, resource) ? before : resource;
  });
  const same =
    kept.length === old.length &&
    kept.every((resource, index) => resource === old[index]);
  return same ? old : kept;
}

/** How many of the resources are settled well: done, deleted or skipped. @public */
export function countSettled(resources: ResourceProgress[]): number {
  return resources.filter(({ status }) =>
    ['done', 'deleted', 'skipped'].includes(status),
  ).length;
}

function isSame(left: ResourceProgress, right: ResourceProgress): boolean {
  const keys = Object.keys({ ...left, ...right }) as Array<
    keyof ResourceProgress
  >;
  return keys.every(key => left[key] === right[key]);
}

function startOf(resource: ResourceProgress, event: RunEvent) {
  return resource.status === 'working' ? event.at : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
