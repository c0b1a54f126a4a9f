import type { JsonValue } from '@backstage/types';
import type {
  Blueprint,
  BlueprintRule,
  ParameterSchema,
} from '@slipway/plugin-infra-scaffolder-common';

/** What the engine gives every root module beside the blueprint's parameters. */
const SURROUNDINGS = `variable "name" {
  description = "Name of the environment; resources carry it."
  type        = string
}

variable "region" {
  description = "Region of the environment."
  type        = string
}

variable "account_id" {
  description = "Account of the environment."
  type        = string
}

variable "cidr" {
  description = "Address range of the network."
  type        = string
}

variable "availability_zones" {
  description = "Zones of the network, in order."
  type        = list(string)
}

variable "tags" {
  description = "Tags of every resource."
  type        = map(string)
  default     = {}
}
`;

const TYPES: Record<ParameterSchema['type'], string> = {
  string: 'string',
  integer: 'number',
  number: 'number',
  boolean: 'bool',
  array: 'list(string)',
};

/** `nodeInstanceTypes` → `node_instance_types`, as the engine names them. @public */
export function variableName(parameter: string): string {
  return parameter.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}

/**
 * The variables.tf of a blueprint's root module: each parameter with its type, default, allowed values, and what is said
 * where a value is refused.
 *
 * @public
 */
export function variablesFile(blueprint: Blueprint): string {
  const blocks = Object.entries(blueprint.parameters).map(([name, schema]) =>
    variable(
      name,
      schema,
      blueprint.rules.filter(({ left }) => left === name),
    ),
  );
  return [
    '# Made from the blueprint’s parameters; see blueprints/modules/README.md.\n',
    SURROUNDINGS,
    ...blocks,
  ].join('\n');
}

function variable(
  parameter: string,
  schema: ParameterSchema,
  rules: BlueprintRule[],
): string {
  const name = variableName(parameter);
  const conditions = conditionsOf(`var.${name}`, schema);
  const validations = [
    ...(conditions.length > 0
      ? [validation(conditions.join(' && '), schema.message)]
      : []),
    ...rules.map(({ right, message }) =>
      validation(`var.${name} <= var.${variableName(right)}`, message),
    ),
  ];
  return [
    `variable "${name}" {`,
    `  description = ${literal(descriptionOf(schema))}`,
    `  type        = ${TYPES[schema.type]}`,
    `  default     = ${literal(schema.default)}`,
    ...validations.flatMap(lines => ['', ...lines]),
    '}\n',
  ].join('\n');
}

function validation(condition: string, message: string): string[] {
  return [
    '  validation {',
    `    condition     = ${condition}`,
    `    error_message = ${literal(message)}`,
    '  }',
  ];
}

function descriptionOf({ title, description, unit }: ParameterSchema): string {
  const isSaid =
    !unit || `${title} ${description}`.toLowerCase().includes(unit);
  return [title, description, isSaid ? undefined : `In ${unit}`]
    .filter((part): part is string => Boolean(part))
    .map(part => part.replace(/\.$/, ''))
    .join('. ')
    .concat('.');
}

function conditionsOf(value: string, schema: ParameterSchema): string[] {
  const { minItems, maxItems, items } = schema;
  if (schema.type === 'array') {
    const each = items ? conditionsOfText('item', items) : [];
    return [
      ...(each.length > 0
        ? [`alltrue([for item in ${value} : ${each.join(' && ')}])`]
        : []),
      ...(minItems === undefined ? [] : [`length(${value}) >= ${minItems}`]),
      ...(maxItems === undefined ? [] : [`length(${value}) <= ${maxItems}`]),
      ...(schema.uniqueItems
        ? [`length(distinct(${value})) == length(${value})`]
        : []),
    ];
  }
  return [
    ...conditionsOfText(value, schema),
    ...(schema.minimum === undefined ? [] : [`${value} >= ${schema.minimum}`]),
    ...(schema.maximum === undefined ? [] : [`${value} <= ${schema.maximum}`]),
    ...(schema.type === 'integer' ? [`floor(${value}) == ${value}`] : []),
  ];
}

function conditionsOfText(
  value: string,
  schema: Pick<ParameterSchema, 'enum' | 'pattern' | 'minLength' | 'maxLength'>,
): string[] {
  return [
    ...(schema.enum ? [`contains(${literal(schema.enum)}, ${value})`] : []),
    ...(schema.pattern === undefined
      ? []
      : [`can(regex(${literal(portable(schema.pattern))}, ${value}))`]),
    ...(schema.minLength === undefined
      ? []
      : [`length(${value}) >= ${schema.minLength}`]),
    ...(schema.maxLength === undefined
      ? []
      : [`length(${value}) <= ${schema.maxLength}`]),
  ];
}

/** @throws Error for a pattern that Terraform's engine, RE2, does not know. */
function portable(pattern: string): string {
  if (/\(\?[=!<]|\\[1-9]/.test(pattern)) {
    throw new Error(
      `The pattern ${pattern} looks around or back, which Terraform cannot: say it another way.`,
    );
  }
  return pattern;
}

/** A value in HCL, on one line. */
function literal(value: JsonValue): string {
  if (Array.isArray(value)) {
    return `[${value.map(literal).join(', ')}]`;
  }
  return typeof value === 'string'
    ? JSON.stringify(value).replace(/([$%])\{/g, '$1$1{')
    : String(value);
}
