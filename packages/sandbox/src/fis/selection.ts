import type { TargetInput } from './model';

/** A resource as a target sees it; `attributes` are as its own describing call has them, for filters. */
export interface Resource {
  arn: string;
  tags: Record<string, string>;
  /** Those that it has anything in. */
  zones: string[];
  vpc?: string;
  attributes: unknown;
}

/** The values at a path such as `State.Name`; a list stands for each of its members. */
function valuesAt(value: unknown, path: string[]): string[] {
  if (Array.isArray(value)) {
    return value.flatMap(member => valuesAt(member, path));
  }
  if (path.length === 0) {
    return value === undefined || value === null ? [] : [String(value)];
  }
  return typeof value === 'object' && value !== null
    ? valuesAt((value as Record<string, unknown>)[path[0]], path.slice(1))
    : [];
}

function fits(resource: Resource, target: TargetInput): boolean {
  const { availabilityZoneIdentifier: zone, vpc } = target.parameters ?? {};
  return (
    (!target.resourceArns?.length ||
      target.resourceArns.includes(resource.arn)) &&
    Object.entries(target.resourceTags ?? {}).every(
      ([key, value]) => resource.tags[key] === value,
    ) &&
    (target.filters ?? []).every(({ path, values }) =>
      valuesAt(resource.attributes, path.split('.')).some(value =>
        values.includes(value),
      ),
    ) &&
    (zone === undefined || resource.zones.includes(zone)) &&
    (vpc === undefined || resource.vpc === vpc)
  );
}

/** How many of `found` the selection mode takes: a percentage is rounded down, also to none. */
export function selectedCount(mode: string, found: number): number {
  const [, kind, number] = /^(COUNT|PERCENT)\((\d+)\)$/.exec(mode) ?? [];
  const share = Math.floor((found * Number(number)) / 100);
  const wanted = { COUNT: Number(number), PERCENT: share }[kind] ?? found;
  return Math.min(found, wanted);
}

/**
 * The ARNs that a target selects, in random order where it takes only some of them.
 * https://docs.aws.amazon.com/fis/latest/userguide/targets.html
 *
 * @param random - from 0 up to, not including, 1
 */
export function select(
  target: TargetInput,
  resources: readonly Resource[],
  random: () => number,
): string[] {
  const found = resources.filter(resource => fits(resource, target));
  const left = found.map(({ arn }) => arn).sort();
  const count = selectedCount(target.selectionMode, left.length);
  if (count === left.length) {
    return left;
  }
  return Array.from(
    { length: count },
    () => left.splice(Math.floor(random() * left.length), 1)[0],
  );
}
