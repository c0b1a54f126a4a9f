import type { JsonValue } from '@backstage/types';

/**
 * Whether two values are the same to AWS, which tells numbers and truth values as text in places: `30` and `"30"`,
 * `true` and `"true"`.
 */
export function isSameValue(
  a: JsonValue | undefined,
  b: JsonValue | undefined,
): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: JsonValue | undefined): string | undefined {
  if (value === undefined) {
    return undefined;
  }
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join()}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value)
      .sort(([x], [y]) => (x < y ? -1 : Number(x > y)))
      .map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`);
    return `{${parts.join()}}`;
  }
  return JSON.stringify(String(value));
}

/** The value at a dotted path, e.g. `ScalingConfig.MinSize` or `Tags.0.Value`; keys may have dots themselves. */
export function valueAt(
  value: JsonValue | undefined,
  path: string,
): JsonValue | undefined {
  if (path === '') {
    return value;
  }
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const parts = path.split('.');
  for (let count = parts.length; count > 0; count--) {
    const key = parts.slice(0, count).join('.');
    if (Object.hasOwn(value, key)) {
      const inner = (value as Record<string, JsonValue | undefined>)[key];
      return valueAt(inner, parts.slice(count).join('.'));
    }
  }
  return undefined;
}

/** Whether a path is an attribute or stands below it. */
export function isWithin(path: string, attribute: string): boolean {
  return path === attribute || path.startsWith(`${attribute}.`);
}
