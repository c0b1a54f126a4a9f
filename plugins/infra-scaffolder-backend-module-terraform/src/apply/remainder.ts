import type { JsonValue } from '@backstage/types';
import { actionOf } from '../describe/planChanges';
import { pathOf } from '../describe/naming';
import type { PlanDocument, PlannedChange } from '../describe/planDocument';
import { isObject } from '../describe/properties';

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
  return is === 'delete' || agrees(confirmed.change.after, now.change.after);
}

/** Whether everything that the confirmed plan knew is so in the later one, which may know more. */
function agrees(
  confirmed: JsonValue | null | undefined,
  now: JsonValue | null | undefined,
): boolean {
  if (confirmed === null || confirmed === undefined) {
    return true;
  }
  if (isObject(confirmed)) {
    return (
      isObject(now ?? undefined) &&
      Object.entries(confirmed).every(([key, value]) =>
        agrees(value, (now as Record<string, JsonValue>)[key]),
      )
    );
  }
  if (Array.isArray(confirmed)) {
    return (
      Array.isArray(now) &&
      (confirmed.length === 0 ||
        (confirmed.length === now.length &&
          confirmed.every((each, index) => agrees(each, now[index]))))
    );
  }
  return confirmed === now;
}
