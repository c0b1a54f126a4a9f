import type { Config } from '@backstage/config';
import {
  MIN_LIFETIME_DAYS,
  type LifetimeRule,
} from '@slipway/plugin-infra-scaffolder-common';

const KEY = 'infraScaffolder.lifetime';

/** Rules where the configuration says nothing: production has none. */
const DEFAULT_RULES: ReadonlyMap<string, LifetimeRule> = new Map([
  ['dev', { defaultDays: 7, maxDays: 30 }],
  ['staging', { defaultDays: 30, maxDays: 90 }],
]);

function readRule(entry: Config, key: string): LifetimeRule {
  const rule = {
    defaultDays: entry.getNumber('defaultDays'),
    maxDays: entry.getNumber('maxDays'),
  };
  for (const [name, days] of Object.entries(rule)) {
    if (!Number.isInteger(days) || days < MIN_LIFETIME_DAYS) {
      throw new Error(
        `${key}.${name}: ${days}. Give a whole number of days, at least ${MIN_LIFETIME_DAYS}.`,
      );
    }
  }
  if (rule.defaultDays > rule.maxDays) {
    throw new Error(
      `${key}: the default, ${rule.defaultDays} days, is more than the maximum, ${rule.maxDays} days. Lower the default or raise the maximum.`,
    );
  }
  return rule;
}

/**
 * The rules by size, e.g. `dev`. What the configuration gives replaces all of the defaults; a size without a rule does
 * not expire.
 *
 * @throws Error naming the key that is not well-formed.
 */
export function readLifetimeRules(
  config: Config,
): ReadonlyMap<string, LifetimeRule> {
  const section = config.getOptionalConfig(KEY);
  if (!section) return DEFAULT_RULES;
  return new Map(
    section
      .keys()
      .map(size => [size, readRule(section.getConfig(size), `${KEY}.${size}`)]),
  );
}
