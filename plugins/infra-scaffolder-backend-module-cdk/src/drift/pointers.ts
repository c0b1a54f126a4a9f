import type { JsonObject, JsonValue } from '@backstage/types';

/** `/ScalingConfig/MinSize` → `['ScalingConfig', 'MinSize']`; by RFC 6901. */
export function parts(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The value at a path; undefined where there is none. */
export function at(
  value: JsonValue | undefined,
  path: string[],
): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null
        ? (inner as Record<string, JsonValue | undefined>)[key]
        : undefined,
    value,
  );
}

/** A copy with another value at a path; undefined takes it away. Where the path does not lead, nothing is changed. */
export function withValue(
  properties: JsonObject,
  path: string[],
  value: JsonValue | undefined,
): JsonObject {
  const copy: JsonObject = structuredClone(properties);
  const parent = at(copy, path.slice(0, -1));
  const key = path.at(-1);
  if (typeof parent === 'object' && parent !== null && key !== undefined) {
    const holder = parent as Record<string, JsonValue | undefined>;
    if (value !== undefined) {
      holder[key] = value;
    } else if (Array.isArray(parent)) {
      parent.splice(Number(key), 1);
    } else {
      delete holder[key];
    }
  }
  return copy;
}
