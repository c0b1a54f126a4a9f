import type { JsonObject, JsonValue } from '@backstage/types';
import {
  isParameterValue,
  type AttributeChange,
  type Blueprint,
  type DriftAcceptance,
  type ParameterSchema,
} from '@slipway/plugin-infra-scaffolder-common';
import type { DescribedResource } from '@slipway/plugin-infra-scaffolder-node';
import { isSameValue, valueAt } from './values';

/** What a blueprint makes with these parameters. */
type Describe = (parameters: JsonObject) => Promise<DescribedResource[]>;

interface Question {
  logicalId: string;
  change: AttributeChange;
  blueprint: Blueprint;
  /** The value of every parameter now. */
  parameters: JsonObject;
  /** What they make. */
  current: DescribedResource[];
  describe: Describe;
}

/** AWS tells numbers and truth values as text in places; a parameter has a type. */
function inTypeOf(schema: ParameterSchema, value: JsonValue): JsonValue {
  if (typeof value === 'string' && value.trim() !== '') {
    if (schema.type === 'integer' || schema.type === 'number') {
      return Number.isNaN(Number(value)) ? value : Number(value);
    }
    if (schema.type === 'boolean' && /^(true|false)$/i.test(value)) {
      return value.toLocaleLowerCase('en-US') === 'true';
    }
  }
  return typeof value === 'number' && schema.type === 'string'
    ? String(value)
    : value;
}

/** Parameters whose value is what was applied, with the value that is there: the only ones that can be handed on as they are. */
function candidatesOf({ change, blueprint, parameters }: Question) {
  const { before, after } = change;
  if (before === undefined || after === undefined) {
    return [];
  }
  return Object.entries(blueprint.parameters).flatMap(([name, schema]) => {
    const value = inTypeOf(schema, after);
    return isSameValue(parameters[name], before) &&
      isParameterValue(schema, value)
      ? [{ name, schema, value }]
      : [];
  });
}

function flat(resources: DescribedResource[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { path, properties } of resources) {
    for (const [name, value] of Object.entries(properties)) {
      found.set(`${path} ${name}`, JSON.stringify(value));
    }
  }
  return found;
}

function differences(
  before: DescribedResource[],
  after: DescribedResource[],
): string[] {
  const old = flat(before);
  const young = flat(after);
  return [...new Set([...old.keys(), ...young.keys()])].filter(
    key => old.get(key) !== young.get(key),
  );
}

function refusal(question: Question, tried: number): string {
  const { change, blueprint } = question;
  if (change.before === undefined || change.after === undefined) {
    return `${change.path} was ${
      change.before === undefined ? 'added' : 'taken away'
    } outside the blueprint; no parameter says so. Revert it, or change the blueprint.`;
  }
  return tried > 0
    ? `No parameter of ${blueprint.title} alone makes ${change.path} what it is now. Revert it, or change the blueprint.`
    : `${change.path} comes from no parameter of ${blueprint.title} that could have the value that is there. Revert it, or change the blueprint.`;
}

/**
 * Finds the parameter that, with the value that is there, makes the blueprint say what AWS has: by building the blueprint
 * with each that could be it. Of several the one that changes least besides.
 */
export async function findParameter(
  question: Question,
): Promise<DriftAcceptance> {
  const { logicalId, change, parameters, current, describe } = question;
  const asked = { logicalId, attribute: change.path };
  const resource = current.find(each => each.logicalId === logicalId);
  const own = `${resource?.path} ${change.path.split('.')[0]}`;
  const candidates = candidatesOf(question);
  const found: DriftAcceptance[] = [];
  for (const { name, schema, value } of candidates) {
    const made = await describe({ ...parameters, [name]: value });
    const young = made.find(each => each.logicalId === logicalId);
    if (isSameValue(valueAt(young?.properties, change.path), change.after)) {
      found.push({
        ...asked,
        parameter: {
          name,
          title: schema.title,
          before: parameters[name] as JsonValue,
          after: value,
        },
        also: differences(current, made).filter(each => each !== own),
      });
    }
  }
  found.sort((a, b) => a.also.length - b.also.length);
  return (
    found[0] ?? {
      ...asked,
      also: [],
      reason: refusal(question, candidates.length),
    }
  );
}
