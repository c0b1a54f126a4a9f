import type { JsonObject, JsonValue } from '@backstage/types';
import Ajv, { type ValidateFunction } from 'ajv';
import type { Blueprint, ParameterSchema } from './blueprint';
import type { RequestIssue } from './types';

const SCHEMA_KEYWORDS = [
  'type',
  'enum',
  'pattern',
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'items',
  'minItems',
  'maxItems',
  'uniqueItems',
] as const;

const ajv = new Ajv({ allErrors: false });
const compiled = new WeakMap<ParameterSchema, ValidateFunction>();

function validatorOf(schema: ParameterSchema): ValidateFunction {
  let validate = compiled.get(schema);
  if (!validate) {
    validate = ajv.compile(
      Object.fromEntries(
        SCHEMA_KEYWORDS.filter(keyword => schema[keyword] !== undefined).map(
          keyword => [keyword, schema[keyword]],
        ),
      ),
    );
    compiled.set(schema, validate);
  }
  return validate;
}

/**
 * What an engine would not take as text but look up: CloudFormation's `{{resolve:secretsmanager:…}}` and `${AWS::…}`, the
 * CDK's `${Token[…]}`, Terraform's `${…}` and `%{…}`. Whoever may type one could have a secret read for them.
 */
const LOOKED_UP = /\{\{|[$%]\{/;

function isLookedUp(value: JsonValue): boolean {
  return Array.isArray(value)
    ? value.some(isLookedUp)
    : typeof value === 'string' && LOOKED_UP.test(value);
}

/** Whether a value is one that the parameter's schema takes. @throws Error where the schema itself is not well-formed. @public */
export function isParameterValue(
  schema: ParameterSchema,
  value: JsonValue,
): boolean {
  return validatorOf(schema)(value) === true;
}

/**
 * The value of every parameter: the schema's default, over it the size's, over it the person's. Names that the
 * blueprint does not have are left out.
 * @public
 */
export function completeParameters(
  blueprint: Blueprint,
  size: string,
  values: JsonObject,
): JsonObject {
  const ofSize = Object.hasOwn(blueprint.sizes, size)
    ? blueprint.sizes[size].parameters
    : {};
  return Object.fromEntries(
    Object.entries(blueprint.parameters).map(([name, schema]) => {
      if (Object.hasOwn(values, name) && values[name] !== undefined) {
        return [name, values[name]];
      }
      return [
        name,
        Object.hasOwn(ofSize, name) ? ofSize[name] : schema.default,
      ];
    }),
  );
}

/**
 * Checks a person's values against the blueprint, and the rules between parameters on the completed set.
 * Paths are those of the request, e.g. `parameters.nodeMaxSize`.
 * @public
 */
export function checkParameters(
  blueprint: Blueprint,
  size: string,
  values: JsonObject,
): RequestIssue[] {
  const issues: RequestIssue[] = [];
  if (!Object.hasOwn(blueprint.sizes, size)) {
    issues.push({
      path: 'size',
      message: `${
        blueprint.title
      } has no size "${size}". Choose one of ${Object.keys(
        blueprint.sizes,
      ).join(', ')}.`,
      suggestion: blueprint.defaultSize,
    });
  }

  for (const [name, value] of Object.entries(values)) {
    const path = `parameters.${name}`;
    if (!Object.hasOwn(blueprint.parameters, name)) {
      issues.push({
        path,
        message: `${blueprint.title} ${blueprint.version} has no parameter "${name}". Leave it out.`,
      });
    } else if (value !== undefined) {
      const schema = blueprint.parameters[name];
      if (!isParameterValue(schema, value)) {
        issues.push({ path, message: schema.message });
      } else if (isLookedUp(value)) {
        issues.push({
          path,
          message:
            'Leave "{{", "${" and "%{" out: text that begins so would be replaced by what it refers to.',
        });
      }
    }
  }
  if (issues.length > 0) {
    return issues;
  }

  const complete = completeParameters(blueprint, size, values);
  for (const rule of blueprint.rules) {
    const left = complete[rule.left];
    const right = complete[rule.right];
    if (typeof left === 'number' && typeof right === 'number' && left > right) {
      issues.push({ path: `parameters.${rule.left}`, message: rule.message });
    }
  }
  return issues;
}
