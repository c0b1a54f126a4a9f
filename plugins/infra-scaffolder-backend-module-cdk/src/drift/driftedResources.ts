import type { JsonObject, JsonValue } from '@backstage/types';
import type { AttributeChange } from '@slipway/plugin-infra-scaffolder-common';
import type { DriftedResource } from '@slipway/plugin-infra-scaffolder-node';
import type { StackResource } from '../aws/types';
import { at, parts } from './pointers';
import { shown } from './secrets';
import type { ResourceDrift } from './types';

function parsed(text: string | undefined): JsonObject {
  const value: JsonValue = JSON.parse(text ?? '{}');
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? value
    : {};
}

function changeOf(
  pointer: string,
  kind: string,
  { expected, actual }: { expected: JsonObject; actual: JsonObject },
): AttributeChange {
  const path = parts(pointer);
  const before = kind === 'ADD' ? undefined : at(expected, path);
  const after = kind === 'REMOVE' ? undefined : at(actual, path);
  return {
    path: path.join('.'),
    ...(before !== undefined && { before: shown(pointer, before) }),
    ...(after !== undefined && { after: shown(pointer, after) }),
  };
}

function describe(drift: ResourceDrift): Partial<DriftedResource> {
  const expected = parsed(drift.expected);
  const actual = parsed(drift.actual);
  return {
    kind: 'changed',
    properties: expected,
    attributes: drift.differences.map(({ pointer, kind }) =>
      changeOf(pointer, kind, { expected, actual }),
    ),
  };
}

function whyNot(drift: ResourceDrift | undefined, type: string): string {
  return drift?.reason
    ? `CloudFormation could not check it: ${drift.reason}`
    : `CloudFormation does not check resources of type ${type}.`;
}

/**
 * What drifted, and what was not checked. A resource that CloudFormation says nothing about is not in sync for that: its
 * type has no check.
 */
export function driftedResources(
  resources: StackResource[],
  drifts: ResourceDrift[],
  paths: Record<string, string>,
): DriftedResource[] {
  const known = new Map(drifts.map(drift => [drift.logicalId, drift]));
  return resources
    .filter(({ status }) => status !== 'DELETE_COMPLETE')
    .flatMap(({ logicalId, physicalId, type }): DriftedResource[] => {
      const drift = known.get(logicalId);
      const common = {
        logicalId,
        type,
        path: paths[logicalId] ?? logicalId,
        ...(physicalId && { physicalId }),
        attributes: [],
      };
      switch (drift?.status) {
        case 'IN_SYNC':
          return [];
        case 'MODIFIED':
          return [{ ...common, kind: 'changed', ...describe(drift) }];
        case 'DELETED':
          return [{ ...common, kind: 'deleted' }];
        default:
          return [
            { ...common, kind: 'unchecked', reason: whyNot(drift, type) },
          ];
      }
    })
    .sort((a, b) => a.path.localeCompare(b.path, 'en'));
}
