import type { JsonValue } from '@backstage/types';
import {
  completeParameters,
  type Blueprint,
  type Environment,
} from '@slipway/plugin-infra-scaffolder-common';
import type { DesiredState } from './environmentRun';

/** Blueprints by id and version; undefined for what is not installed any more. */
export type FindBlueprint = (
  id: string,
  version: string,
) => Blueprint | undefined;

/**
 * What a change asks to become of what, e.g. `size dev → prod, nodeMax 5 → 7`. Parameters by their names; free text is
 * not repeated, because nobody knows what people write there.
 */
export function describeUpdate(
  environment: Environment,
  desired: DesiredState,
  find: FindBlueprint,
): string {
  const { id, version } = environment.blueprint;
  const before = find(id, version);
  const after = find(id, desired.blueprintVersion);
  const said = [
    ...step('blueprint', version, desired.blueprintVersion),
    ...step('size', environment.size, desired.size),
  ];
  const old = environment.parameters;
  const young = desired.parameters;
  for (const name of new Set([...Object.keys(old), ...Object.keys(young)])) {
    if (JSON.stringify(old[name]) !== JSON.stringify(young[name])) {
      const valueOf = (
        blueprint: Blueprint | undefined,
        size: string,
        values: typeof old,
      ) =>
        blueprint
          ? completeParameters(blueprint, size, values)[name]
          : values[name];
      said.push(
        ...step(
          name,
          valueOf(before, environment.size, old),
          valueOf(after, desired.size, young),
          isFreeText(after ?? before, name),
        ),
      );
    }
  }
  return said.length > 0 ? said.join(', ') : 'nothing';
}

function step(
  name: string,
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  isSecretive = false,
): string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) {
    return [];
  }
  return [
    isSecretive ? `${name} (text)` : `${name} ${show(before)} → ${show(after)}`,
  ];
}

function isFreeText(blueprint: Blueprint | undefined, name: string): boolean {
  const schema = blueprint?.parameters[name];
  return (
    !schema ||
    (schema.type === 'string' && !schema.enum) ||
    (schema.type === 'array' && !schema.items?.enum)
  );
}

function show(value: JsonValue | undefined): string {
  if (value === undefined || value === '') {
    return 'none';
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}
