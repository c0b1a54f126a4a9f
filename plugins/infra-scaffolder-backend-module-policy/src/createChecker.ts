import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { CedarPolicyChecker } from './check/CedarPolicyChecker';
import type { PolicySettings } from './config';
import { readFiles } from './rules/readFiles';
import { readRules } from './rules/readRules';
import { readSchema } from './rules/readSchema';
import type { Rule } from './rules/types';

/** The rules that come with the module. */
export const STARTER_RULES = resolvePackagePath(
  '@slipway/plugin-infra-scaffolder-backend-module-policy',
  'policies',
);

function withEffects(
  rules: Rule[],
  effects: PolicySettings['effects'],
): Rule[] {
  const known = new Set(rules.map(({ rule }) => rule));
  const idle = Object.keys(effects).filter(rule => !known.has(rule));
  if (idle.length > 0) {
    throw new InputError(
      `infraScaffolder.policy.effects names ${idle.join(
        ', ',
      )}, which no policy file has. Take it out or mend its name.`,
    );
  }
  return rules.map(rule => ({
    ...rule,
    effect: effects[rule.rule] ?? rule.effect,
  }));
}

/**
 * Reads the policy files and makes them ready.
 * @throws PolicyFileError, or InputError where the settings name a rule that is not there.
 */
export function createChecker(settings: PolicySettings): CedarPolicyChecker {
  const files = readFiles([
    ...(settings.starterRules ? [STARTER_RULES] : []),
    ...settings.directories,
  ]);
  const schema = readSchema(files.schemas);
  const rules = withEffects(readRules(files.rules, schema), settings.effects);
  return CedarPolicyChecker.create({ schema, rules, settings });
}
