import type { JsonValue } from '@backstage/types';
import { actionOf } from '../describe/planChanges';
import { pathOf } from '../describe/naming';
import type { PlanDocument, PlannedChange } from '../describe/planDocument';
import { isObject, isUnset } from '../describe/properties';

/**
 * What a later plan would do that a confirmed one does not. A create that failed half-way is a replacement now; a
 * replacement whose old resource is gone is a create; both are what was confirmed.
 *
 * @returns the paths of such resources
 */
export function beyondConfirmed(
  confirmed: PlanDocument,
  now: PlanDocument,
): string[] {
  const known = new Map(
    managed(confirmed).map(change => [change.address, change]),
  );
  return managed(now).flatMap(change => {
    const before = known.get(change.address);
    return before && isPart(before, change) ? [] : [pathOf(change.address)];
  });
}

function managed({ resource_changes: changes = [] }: PlanDocument) {
  return changes.filter(
    ({ mode, deposed, change }) =>
      mode === 'managed' && !deposed && actionOf(change.actions),
  );
}

function isPart(confirmed: PlannedChange, now: PlannedChange): boolean {
  const was = actionOf(confirmed.change.actions);
  const is = actionOf(now.change.actions);
  const allowed: Record<string, string[]> = {
    create: ['create', 'update', 'replace'],
    replace: ['create', 'update', 'replace', 'delete'],
    update: ['update'],
    delete: ['delete'],
  };
  if (!was || !is || !allowed[was].includes(is)) {
    return false;
  }
  const { after, after_unknown: unknown } = confirmed.change;
  return is === 'delete' || agrees(after, now.change.after, unknown);
}

/**
 * Whether the later plan says what the confirmed one did. Only where that said that the apply would tell (`after_unknown`) may
 * the later one say anything.
 */
function agrees(
  confirmed: JsonValue | undefined,
  now: JsonValue | undefined,
  unknown: JsonValue | undefined,
): boolean {
  if (unknown === true) {
    return true;
  }
  if (isNothing(confirmed) && !hasUnknown(unknown)) {
    return isNothing(now);
  }
  if (isObject(confirmed ?? {}) && (isObject(now) || isNothing(now))) {
    const was = isObject(confirmed) ? confirmed : {};
    const is = isObject(now) ? now : {};
    const inside = isObject(unknown) ? unknown : {};
    return Object.keys({ ...was, ...is }).every(key =>
      agrees(was[key], is[key], inside[key]),
    );
  }
  if (Array.isArray(confirmed)) {
    const inside = Array.isArray(unknown) ? unknown : [];
    return (
      Array.isArray(now) &&
      confirmed.length === now.length &&
      confirmed.every((each, index) => agrees(each, now[index], inside[index]))
    );
  }
  return confirmed === now;
}

/** Terraform's provider does not tell a value that is not set from an empty one: what it reads back is the one for the other. */
function isNothing(value: JsonValue | undefined): boolean {
  return (
    isUnset(value) ||
    value === false ||
    value === 0 ||
    (isObject(value) && Object.values(value).every(isNothing))
  );
}

function hasUnknown(unknown: JsonValue | undefined): boolean {
  return (
    unknown === true ||
    (typeof unknown === 'object' &&
      unknown !== null &&
      Object.values(unknown).some(hasUnknown))
  );
}
