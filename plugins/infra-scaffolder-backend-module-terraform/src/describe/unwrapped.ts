import type { JsonObject, JsonValue } from '@backstage/types';
import { pascal } from './naming';
import { isObject, isUnset } from './properties';

/** How nested blocks become CloudFormation's objects. */
export interface Unwrapping {
  /** Blocks that stay lists; every other list of objects is Terraform's way to write one object. */
  lists?: string[];
  /** Names that the general rule does not make right. */
  names?: Record<string, string>;
}

/** Blocks with CloudFormation's names, each as one object where it is no list there. */
export function unwrapped(
  value: JsonValue | undefined,
  how: Unwrapping = {},
): JsonValue | undefined {
  if (Array.isArray(value)) {
    return value.map(each => unwrapped(each, how) ?? null);
  }
  if (!isObject(value) || isIntrinsic(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => !isUnset(inner))
      .map(([name, inner]) => {
        const isBlock =
          Array.isArray(inner) &&
          inner.every(each => isObject(each) && !isIntrinsic(each));
        return [
          how.names?.[name] ?? pascal(name),
          unwrapped(
            isBlock && !how.lists?.includes(name)
              ? (inner as JsonValue[])[0]
              : inner,
            how,
          ) ?? null,
        ];
      }),
  );
}

function isIntrinsic(value: JsonObject): boolean {
  const names = Object.keys(value);
  return (
    names.length === 1 && (names[0] === 'Ref' || names[0].startsWith('Fn::'))
  );
}
