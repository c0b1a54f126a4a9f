import type { JsonValue } from '@backstage/types';
import { joinWords } from '../format/words';

/** What a plan does to a resource. @public */
export type PlanAction =
  | 'create'
  | 'update'
  | 'replace'
  | 'delete'
  | 'unchanged';

/** One property that changes. @public */
export interface PlanAttribute {
  path: string;
  before?: JsonValue;
  after?: JsonValue;
  replaces?: 'yes' | 'maybe' | 'no';
}

/** One resource that a plan names. @public */
export interface PlanChange {
  logicalId: string;
  type: string;
  path: string;
  action: PlanAction;
  physicalId?: string;
  attributes: PlanAttribute[];
}

/** How many resources each action concerns. @public */
export type PlanCounts = Record<PlanAction, number>;

/** @public */
export function countChanges(changes: PlanChange[]): PlanCounts {
  const counts: PlanCounts = {
    create: 0,
    update: 0,
    replace: 0,
    delete: 0,
    unchanged: 0,
  };
  for (const change of changes) {
    counts[change.action]++;
  }
  return counts;
}

/** `86 to add and 1 to delete`; what there is none of is left out. @public */
export function planSentence(changes: PlanChange[]): string {
  const counts = countChanges(changes);
  const parts: Array<[number, string]> = [
    [counts.create, 'to add'],
    [counts.update, 'to change'],
    [counts.replace, 'to replace'],
    [counts.delete, 'to delete'],
  ];
  const said = parts.flatMap(([n, words]) => (n > 0 ? [`${n} ${words}`] : []));
  return said.length > 0 ? joinWords(said) : 'nothing to change';
}

/** Resources that stand together in the blueprint. @public */
export interface PlanGroup {
  name: string;
  changes: PlanChange[];
  counts: PlanCounts;
}

const WEIGHT: Record<PlanAction, number> = {
  delete: 0,
  replace: 1,
  update: 2,
  create: 3,
  unchanged: 4,
};

/**
 * Groups changes by the first part of their path; in a group what destroys comes first. Groups stay in the plan's
 * order.
 *
 * @param search - keeps those whose path, type or logical id holds the words, in any order.
 * @public
 */
export function groupChanges(changes: PlanChange[], search = ''): PlanGroup[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<string, PlanChange[]>();
  for (const change of changes) {
    const text =
      `${change.path} ${change.type} ${change.logicalId}`.toLowerCase();
    if (words.every(word => text.includes(word))) {
      const name = change.path.split('/')[0];
      groups.set(name, [...(groups.get(name) ?? []), change]);
    }
  }
  return [...groups].map(([name, members]) => ({
    name,
    changes: members.sort(
      (a, b) =>
        WEIGHT[a.action] - WEIGHT[b.action] || a.path.localeCompare(b.path),
    ),
    counts: countChanges(members),
  }));
}
