import type { NewStep } from '../types';

const ID_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const MAX_STEPS = 1000;

/** Tells what is wrong with a graph of steps, or nothing. */
export function findGraphProblem(steps: NewStep[]): string | undefined {
  if (steps.length === 0 || steps.length > MAX_STEPS) {
    return `A run has between 1 and ${MAX_STEPS} steps, this one has ${steps.length}`;
  }
  const ids = new Set<string>();
  for (const step of steps) {
    if (!ID_PATTERN.test(step.id)) {
      return `Step id '${step.id}' must be 1 to 100 letters, digits, dots, hyphens or underscores, and begin with a letter or digit`;
    }
    if (ids.has(step.id)) {
      return `Two steps have the id '${step.id}'; give each its own`;
    }
    ids.add(step.id);
  }
  for (const step of steps) {
    const missing = step.dependsOn?.find(id => !ids.has(id));
    if (missing !== undefined) {
      return `Step '${step.id}' depends on '${missing}', which is no step of this run`;
    }
  }
  const ordered = topologicalOrder(
    steps.map(({ id, dependsOn = [] }) => ({ id, dependsOn })),
  );
  if (ordered.length < steps.length) {
    const stuck = steps
      .filter(step => !ordered.includes(step.id))
      .map(step => `'${step.id}'`);
    return `Steps ${stuck.join(', ')} wait for one another in a circle`;
  }
  return undefined;
}

/** Ids so that each comes after those it depends on; those in or behind a circle are left out. */
export function topologicalOrder(
  steps: Array<{ id: string; dependsOn: string[] }>,
): string[] {
  const placed = new Set<string>();
  let remaining = steps;
  while (remaining.length > 0) {
    const next = remaining.filter(step =>
      step.dependsOn.every(id => placed.has(id)),
    );
    if (next.length === 0) {
      break;
    }
    next.forEach(step => placed.add(step.id));
    remaining = remaining.filter(step => !placed.has(step.id));
  }
  return [...placed];
}
