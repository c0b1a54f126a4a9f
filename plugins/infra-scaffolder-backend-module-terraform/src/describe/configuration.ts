import type { JsonValue } from '@backstage/types';

/** What `terraform show -json` says of the configuration, as far as the engine reads it. */
export interface ModuleConfiguration {
  resources?: ResourceConfiguration[];
  module_calls?: Record<string, ModuleCall>;
  outputs?: Record<string, { expression?: Expression }>;
}

export interface ResourceConfiguration {
  mode: string;
  type: string;
  name: string;
  expressions?: Expressions;
}

interface ModuleCall {
  expressions?: Expressions;
  module?: ModuleConfiguration;
}

/** Attributes and nested blocks. */
export type Expressions = Record<string, JsonValue | undefined>;

/** A constant, or the names of what it is made from. */
export interface Expression {
  references?: string[];
}

/** The module at a path of names; undefined where there is none. */
export function moduleAt(
  root: ModuleConfiguration | undefined,
  names: string[],
): ModuleConfiguration | undefined {
  return names.reduce<ModuleConfiguration | undefined>(
    (module, name) => module?.module_calls?.[name]?.module,
    root,
  );
}

export function referencesOf(expression: JsonValue | undefined): string[] {
  if (
    typeof expression !== 'object' ||
    expression === null ||
    Array.isArray(expression)
  ) {
    return [];
  }
  const { references } = expression;
  const names = Array.isArray(references) ? references.map(String) : [];
  // Terraform names `a.b.c` and, as a second one, the `a.b` that it is of.
  return names.filter(
    name =>
      !names.some(
        other => other.startsWith(`${name}.`) || other.startsWith(`${name}[`),
      ),
  );
}
