import {
  checkParseSchema,
  schemaToJsonWithResolvedTypes,
  type SchemaJson,
} from '@cedar-policy/cedar-wasm/nodejs';
import { actionsOn, BASE_SCHEMA, RESOURCE_ATTRIBUTES } from './baseSchema';
import {
  lineAt,
  PolicyFileError,
  problemOf,
  type PolicyProblem,
} from './PolicyFileError';
import { partsOf, typeShapeOf, type Part, type TypeShape } from './shapes';
import type { PolicyFile } from './types';

/** What can be said of a plan. */
export interface PlanSchema {
  json: SchemaJson<string>;
  /** By CloudFormation's name. */
  types: Map<string, TypeShape>;
  /** Lists within a type whose elements are judged one by one. */
  parts: Map<string, Part[]>;
}

const PREFIX_BYTES = Buffer.byteLength(BASE_SCHEMA);

function baseSchema(): SchemaJson<string> {
  const answer = schemaToJsonWithResolvedTypes(BASE_SCHEMA);
  if (answer.type === 'failure') {
    throw new Error(answer.errors[0].message);
  }
  return answer.json;
}

function placeOf(text: string, name: string): number {
  const at = text.search(new RegExp(`entity[^;{]*\\b${name}\\b`));
  return Math.max(0, at);
}

class SchemaReader {
  readonly problems: PolicyProblem[] = [];
  readonly types: PlanSchema['types'] = new Map();
  readonly parts: PlanSchema['parts'] = new Map();
  readonly json: SchemaJson<string> = baseSchema();

  read(file: PolicyFile): void {
    const answer = schemaToJsonWithResolvedTypes(BASE_SCHEMA + file.text);
    if (answer.type === 'failure') {
      this.problems.push(problemOf(file, answer.errors[0], PREFIX_BYTES));
      return;
    }
    const read = answer.json;
    for (const [namespace, { entityTypes }] of Object.entries(read)) {
      if (namespace !== 'Slipway') {
        for (const name of Object.keys(entityTypes)) {
          this.#take(file, read, namespace, name);
        }
      }
    }
  }

  #take(
    file: PolicyFile,
    read: SchemaJson<string>,
    namespace: string,
    name: string,
  ): void {
    const full = namespace ? `${namespace}::${name}` : name;
    const entityType = read[namespace].entityTypes[name];
    const refuse = (message: string) =>
      this.problems.push({
        file: file.name,
        line: lineAt(
          file.text,
          Buffer.byteLength(file.text.slice(0, placeOf(file.text, name))),
        ),
        message: `${full}: ${message}`,
      });
    if (this.types.has(full)) {
      refuse('another file describes this type already');
      return;
    }
    try {
      const shape = typeShapeOf(entityType, read);
      this.types.set(full, shape);
      for (const { owner, part } of partsOf(full, entityType)) {
        this.parts.set(owner, [...(this.parts.get(owner) ?? []), part]);
      }
    } catch (error) {
      refuse((error as Error).message);
      return;
    }
    const record = 'shape' in entityType ? entityType.shape : undefined;
    const attributes =
      record && 'attributes' in record ? record.attributes ?? {} : {};
    const { commonTypes } = read[namespace];
    const merged = (this.json[namespace] ??= { entityTypes: {}, actions: {} });
    merged.commonTypes = { ...merged.commonTypes, ...commonTypes };
    merged.entityTypes[name] = {
      ...entityType,
      shape: {
        type: 'Record',
        attributes: { ...attributes, ...RESOURCE_ATTRIBUTES },
      },
    };
  }

  finish(): PlanSchema {
    if (this.problems.length > 0) {
      throw new PolicyFileError(this.problems);
    }
    this.json.Slipway.actions = actionsOn([...this.types.keys()]);
    const checked = checkParseSchema(this.json);
    if (checked.type === 'failure') {
      throw new PolicyFileError(
        checked.errors.map(({ message, help }) => ({
          file: 'all *.cedarschema together',
          line: 1,
          message: help ? `${message}; ${help}` : message,
        })),
      );
    }
    return { json: this.json, types: this.types, parts: this.parts };
  }
}

/**
 * Puts the types of all files together; a namespace may be spread over files, a type stands in one of them.
 * @throws PolicyFileError
 */
export function readSchema(files: PolicyFile[]): PlanSchema {
  const reader = new SchemaReader();
  files.forEach(file => reader.read(file));
  return reader.finish();
}
