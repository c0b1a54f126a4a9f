import type { JsonObject, JsonValue } from '@backstage/types';
import type { EntityJson } from '@cedar-policy/cedar-wasm/nodejs';
import type { DescribedResource } from '@slipway/plugin-infra-scaffolder-node';
import { KIND } from '../rules/baseSchema';
import type { PlanSchema } from '../rules/readSchema';
import type { TypeShape } from '../rules/shapes';
import {
  documentOf,
  isObject,
  textOf,
  type PseudoParameters,
} from './intrinsics';
import { Projection } from './project';

/** Something that rules are about: a resource, or an element of a list within one. */
export interface Subject {
  type: string;
  entity: EntityJson;
  resource: DescribedResource;
}

/**
 * Who is meant by `"Principal": "*"` is the same as by `{ "AWS": "*" }`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous
 */
function plainStatement(element: JsonObject): JsonObject {
  return element.Principal === '*'
    ? { ...element, Principal: { AWS: '*' } }
    : element;
}

function elementsAt(
  value: JsonValue | undefined,
  path: string[],
  pseudo: PseudoParameters,
): JsonObject[] {
  if (value === undefined || value === null) {
    return [];
  }
  if (Array.isArray(value)) {
    return value.flatMap(each => elementsAt(each, path, pseudo));
  }
  const document = documentOf(value, pseudo) ?? value;
  if (Array.isArray(document)) {
    return elementsAt(document, path, pseudo);
  }
  if (!isObject(document)) {
    return [];
  }
  const [next, ...rest] = path;
  return next === undefined
    ? [plainStatement(document)]
    : elementsAt(document[next], rest, pseudo);
}

function tagsOf(
  given: JsonValue | undefined,
  pseudo: PseudoParameters,
): Record<string, string> {
  const pairs: Array<[JsonValue | undefined, JsonValue | undefined]> =
    Array.isArray(given)
      ? given.filter(isObject).map(tag => [tag.Key, tag.Value])
      : Object.entries(isObject(given) ? given : {});
  const tags: Record<string, string> = {};
  for (const [key, value] of pairs) {
    if (typeof key === 'string') {
      tags[key] = textOf(value ?? '', pseudo).text;
    }
  }
  return tags;
}

function entityOf(
  options: { type: string; id: string; path: string; pseudo: PseudoParameters },
  shape: TypeShape,
  properties: JsonObject,
): EntityJson {
  const projection = new Projection(options.pseudo);
  const attrs = projection.record(properties, shape.record, '') ?? {};
  return {
    uid: { type: options.type, id: options.id },
    attrs: { ...attrs, path: options.path, unknown: [...projection.unknown] },
    parents: shape.kinds.map(id => ({ type: KIND, id })),
    ...(shape.tags && { tags: tagsOf(properties[shape.tags], options.pseudo) }),
  };
}

/** The resource and its parts, as far as the schema describes them; of a type it does not name there is nothing to say. */
export function subjectsOf(
  resource: DescribedResource,
  schema: PlanSchema,
  pseudo: PseudoParameters,
): Subject[] {
  const { type, logicalId: id, path, properties } = resource;
  const subjects: Subject[] = [];
  const own = schema.types.get(type);
  if (own) {
    const entity = entityOf({ type, id, path, pseudo }, own, properties);
    subjects.push({ type, resource, entity });
  }
  for (const part of schema.parts.get(type) ?? []) {
    const shape = schema.types.get(part.type)!;
    elementsAt(properties, part.path, pseudo).forEach((element, index) => {
      const place = { type: part.type, id: `${id}#${index}`, path, pseudo };
      const entity = entityOf(place, shape, element);
      subjects.push({ type: part.type, resource, entity });
    });
  }
  return subjects;
}
