import type { JsonValue } from '@backstage/types';
import type {
  AttributeChange,
  ExplainedDrift,
} from '@slipway/plugin-infra-scaffolder-common';
import type { DriftedResource } from '@slipway/plugin-infra-scaffolder-node';
import { isSameValue, isWithin } from './values';

/** An attribute that is meant to differ from what was applied for a while, e.g. because a schedule stopped something. */
export interface ExpectedDeviation {
  /** The resource, by any of these; all that are given must fit. */
  type?: string;
  logicalId?: string;
  physicalId?: string;
  /** Path of the attribute; everything below it too. */
  attribute: string;
  /** The value that it is meant to have; absent: any. */
  value?: JsonValue;
  /** Further conditions on what was applied and what is there. */
  when?: (change: AttributeChange, resource: DriftedResource) => boolean;
  /** One sentence for whoever wonders. */
  reason: string;
}

function explains(
  deviation: ExpectedDeviation,
  resource: DriftedResource,
  change: AttributeChange,
): boolean {
  const { type, logicalId, physicalId, attribute, value, when } = deviation;
  return (
    (type === undefined || type === resource.type) &&
    (logicalId === undefined || logicalId === resource.logicalId) &&
    (physicalId === undefined || physicalId === resource.physicalId) &&
    isWithin(change.path, attribute) &&
    (value === undefined || isSameValue(value, change.after)) &&
    (when === undefined || when(change, resource))
  );
}

/**
 * Takes out of what drifted what is meant to be so. A deleted resource is never explained; a changed one is left out once
 * each of its attributes is.
 */
export function explainedDrift(
  resources: DriftedResource[],
  expected: ExpectedDeviation[],
): { unexplained: DriftedResource[]; explained: ExplainedDrift[] } {
  const explained: ExplainedDrift[] = [];
  const unexplained = resources.flatMap(resource => {
    if (resource.kind !== 'changed') {
      return [resource];
    }
    const attributes = resource.attributes.filter(change => {
      const deviation = expected.find(each => explains(each, resource, change));
      if (deviation) {
        const { logicalId, type, path } = resource;
        const { reason } = deviation;
        explained.push({ logicalId, type, path, attribute: change, reason });
      }
      return !deviation;
    });
    return attributes.length > 0 ? [{ ...resource, attributes }] : [];
  });
  return { unexplained, explained };
}
