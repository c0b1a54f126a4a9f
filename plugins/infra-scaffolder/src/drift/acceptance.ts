import type { JsonObject } from '@backstage/types';
import type { DriftAcceptance } from '@slipway/plugin-infra-scaffolder-common';
import type { DriftRow } from './driftRows';

/** What taking a row over comes to; undefined where nobody said yet. */
export function acceptanceOf(
  row: DriftRow,
  possible: DriftAcceptance[] | undefined,
): DriftAcceptance | undefined {
  return possible?.find(
    each =>
      each.logicalId === row.logicalId &&
      each.attribute === row.attribute?.path,
  );
}

/** The change form's address part that has these values filled in. */
export function filledIn(accepted: DriftAcceptance[]): string {
  const values: JsonObject = {};
  for (const { parameter } of accepted) {
    if (parameter) {
      values[parameter.name] = parameter.after;
    }
  }
  return `?${new URLSearchParams({ set: JSON.stringify(values) })}`;
}
