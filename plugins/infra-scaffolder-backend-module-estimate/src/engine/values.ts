import type { JsonObject, JsonValue } from '@backstage/types';
import { Exact } from './money';
import { UnpriceableError } from './types';

type Value = JsonValue | undefined;

export function isObject(value: Value): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object's member, or an empty object. */
export function within(value: Value, ...path: string[]): JsonObject {
  const inner = path.reduce<Value>(
    (outer, key) => (isObject(outer) ? outer[key] : undefined),
    value,
  );
  return isObject(inner) ? inner : {};
}

export function listOf(value: Value): JsonValue[] {
  return Array.isArray(value)
    ? value.flatMap(each => (each === undefined ? [] : [each]))
    : [];
}

export function textOf(value: Value): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** CloudFormation takes numbers as text too. */
export function numberOf(value: Value): Exact | undefined {
  if (typeof value === 'number') {
    return new Exact(value);
  }
  return typeof value === 'string' && /^\d+(\.\d+)?$/.test(value)
    ? new Exact(value)
    : undefined;
}

export function isOn(value: Value): boolean {
  return value === true || value === 'true';
}

/** @throws UnpriceableError that names the property. */
export function required<T>(value: T | undefined, property: string): T {
  if (value === undefined) {
    throw new UnpriceableError(
      `The plan does not say its ${property}, or says it only once it is made.`,
    );
  }
  return value;
}

/** The logical id that a `Ref` or `Fn::GetAtt` points at. */
export function pointedAt(value: unknown): string | undefined {
  if (!isObject(value as Value)) {
    return undefined;
  }
  const { Ref: ref, 'Fn::GetAtt': attribute } = value as JsonObject;
  if (typeof ref === 'string') {
    return ref;
  }
  const target = Array.isArray(attribute)
    ? attribute[0]
    : typeof attribute === 'string' && attribute.split('.')[0];
  return typeof target === 'string' ? target : undefined;
}
