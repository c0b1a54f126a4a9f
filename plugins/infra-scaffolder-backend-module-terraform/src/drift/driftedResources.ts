import type { DriftedResource } from '@slipway/plugin-infra-scaffolder-node';
import type { PlanDocument, PlannedChange } from '../describe/planDocument';
import {
  actionOf,
  describeSide,
  differences,
  unknownSide,
} from '../describe/planChanges';

/**
 * What a plan of the code that was applied last would put back. `before` is what was applied, `after` what is there. What was
 * never made is no drift.
 */
export function driftedResources(document: PlanDocument): DriftedResource[] {
  const gone = new Map(
    (document.resource_drift ?? [])
      .filter(({ change }) => change.actions.includes('delete'))
      .map(planned => [planned.address, planned]),
  );
  return (document.resource_changes ?? [])
    .filter(({ mode, deposed }) => mode === 'managed' && !deposed)
    .flatMap((planned): DriftedResource[] => {
      switch (actionOf(planned.change.actions)) {
        case 'create': {
          const was = gone.get(planned.address);
          return was ? [deleted(was)] : [];
        }
        case 'update':
        case 'replace':
          return changed(planned);
        default:
          return [];
      }
    });
}

function deleted(planned: PlannedChange): DriftedResource {
  const { properties, ...described } = describeSide(planned, 'before')!;
  return {
    ...described,
    ...idOf(planned),
    kind: 'deleted',
    attributes: [],
    properties,
  };
}

function changed(planned: PlannedChange): DriftedResource[] {
  const { properties: actual, ...described } = describeSide(planned, 'before')!;
  const wanted = describeSide(planned, 'after')?.properties ?? {};
  const attributes = differences(
    unknownSide(planned, wanted) ?? wanted,
    actual,
  );
  return attributes.length === 0
    ? []
    : [
        {
          ...described,
          ...idOf(planned),
          kind: 'changed',
          attributes,
          properties: wanted,
        },
      ];
}

function idOf({ change }: PlannedChange) {
  const id = change.before?.id;
  return typeof id === 'string' ? { physicalId: id } : {};
}
