import type { JsonObject, JsonValue } from '@backstage/types';
import { pascal } from './naming';

/** How the attributes of one Terraform type become CloudFormation's properties. */
export interface TypeDescription {
  /** CloudFormation's name. */
  type: string;
  /** Attributes whose property the general rule does not name right. */
  names?: Record<string, string>;
  /** Attributes without a property. */
  omit?: string[];
  /** The only attributes with a property of their own; what else there is, `reshape` makes. */
  only?: string[];
  /** The property that has the tags, where it is not `Tags`. */
  tags?: string;
  /** Blocks that Terraform writes as a list of one, and CloudFormation as an object. */
  single?: string[];
  /** Attributes that hold a document as JSON text. */
  documents?: string[];
  /** What is shaped differently; its result is laid over what the rules make. */
  reshape?: (attributes: JsonObject) => Record<string, JsonValue | undefined>;
}

export const MASK = '(secret)';

/** Attributes of every type that say nothing of what is wanted, or say it again. */
const COMPUTED = new Set(['id', 'arn', 'tags', 'tags_all', 'timeouts']);

/** What a resource's attributes say, in CloudFormation's words; what is unset is left out. */
export function describeProperties(
  description: TypeDescription,
  attributes: JsonObject,
): JsonObject {
  const omit = new Set(description.omit);
  const single = new Set(description.single);
  const documents = new Set(description.documents);
  const properties: JsonObject = {};
  for (const [name, value] of Object.entries(attributes)) {
    const isOwn = description.only?.includes(name) ?? !omit.has(name);
    if (COMPUTED.has(name) || !isOwn || isUnset(value)) {
      continue;
    }
    const property = description.names?.[name] ?? pascal(name);
    if (documents.has(name)) {
      properties[property] = parsed(value);
    } else if (single.has(name) && Array.isArray(value)) {
      properties[property] = renamed(value[0]);
    } else {
      properties[property] = renamed(value);
    }
  }
  return {
    ...properties,
    ...tagProperty(attributes, description.tags ?? 'Tags'),
    ...withoutUnset(description.reshape?.(attributes) ?? {}),
  };
}

function tagProperty(
  { tags, tags_all: all }: JsonObject,
  property: string,
): JsonObject {
  const known = isObject(all) ? all : tags;
  return isObject(known) && Object.keys(known).length > 0
    ? {
        [property]: Object.entries(known)
          .sort(([a], [b]) => a.localeCompare(b, 'en'))
          .map(([Key, Value]) => ({ Key, Value: Value ?? null })),
      }
    : {};
}

function renamed(value: JsonValue | undefined): JsonValue {
  if (Array.isArray(value)) {
    return value.map(renamed);
  }
  if (isObject(value)) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, inner]) => !isUnset(inner))
        .map(([key, inner]) => [
          /^[a-z][a-z0-9_]*$/.test(key) ? pascal(key) : key,
          renamed(inner),
        ]),
    );
  }
  return value ?? null;
}

/** A document that is given as JSON text. */
export function parsed(value: JsonValue | undefined): JsonValue {
  if (typeof value !== 'string') {
    return value ?? null;
  }
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

export function withoutUnset(
  properties: Record<string, JsonValue | undefined>,
): JsonObject {
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, value]) =>
      value === undefined || isUnset(value) ? [] : [[name, value]],
    ),
  );
}

export function isUnset(value: JsonValue | undefined): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    (Array.isArray(value) && value.length === 0)
  );
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The first block of a list of one. */
export function block(value: JsonValue | undefined): JsonObject {
  const first = Array.isArray(value) ? value[0] : value;
  return isObject(first) ? first : {};
}

/** All blocks of a list. */
export function blocks(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
