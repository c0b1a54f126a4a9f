import type { JsonValue } from '@backstage/types';
import type { AttributeChange } from '@slipway/plugin-infra-scaffolder-common';

/**
 * The leaves that differ between two values, by dotted path, in the order of the values. Lists are compared as a whole:
 * CloudFormation replaces them so, and positions mean nothing to a reader.
 */
export function attributeChanges(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  path = '',
): AttributeChange[] {
  if (isFork(before, after)) {
    const keys = new Set([...keysOf(before), ...keysOf(after)]);
    return [...keys].flatMap(key =>
      attributeChanges(
        valueAt(before, key),
        valueAt(after, key),
        path ? `${path}.${key}` : key,
      ),
    );
  }
  if (JSON.stringify(before) === JSON.stringify(after)) {
    return [];
  }
  return [
    {
      path,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
    },
  ];
}

/** Whether both sides, as far as they are there, are objects that are no intrinsic functions. */
function isFork(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
): boolean {
  const present = [before, after].filter(value => value !== undefined);
  return (
    present.length > 0 &&
    present.every(
      value =>
        typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        Object.keys(value).length > 0 &&
        !isIntrinsic(value),
    )
  );
}

function isIntrinsic(value: object): boolean {
  const keys = Object.keys(value);
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::'));
}

function keysOf(value: JsonValue | undefined): string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : [];
}

function valueAt(
  value: JsonValue | undefined,
  key: string,
): JsonValue | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? value[key]
    : undefined;
}
