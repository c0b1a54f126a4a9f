import type { Config } from '@backstage/config';
import {
  isProduction,
  MIN_LIFETIME_DAYS,
  type ApprovalPolicy,
  type LifetimeRule,
  type LifetimeRules,
} from '@slipway/plugin-infra-scaffolder-common';

const KEY = 'infraScaffolder.lifetime';

/** Where the configuration says nothing. What is not here does not end: production, and the standby of one. */
const DEFAULT_SIZES: Record<string, LifetimeRule> = {
  dev: { defaultDays: 7, maxDays: 30 },
  small: { defaultDays: 14, maxDays: 60 },
  staging: { defaultDays: 30, maxDays: 90 },
};

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

function readSizes(section: Config): Record<string, LifetimeRule> {
  return Object.fromEntries(
    section
      .keys()
      .map(size => [size, readRule(section.getConfig(size), `${KEY}.${size}`)]),
  );
}

/**
 * How long environments live, by size. What the configuration gives replaces all of the defaults; a size without a rule
 * does not end, and nothing that is production does.
 *
 * @throws Error naming the key that is not well-formed.
 */
export function readLifetimeRules(
  config: Config,
  policy: Pick<ApprovalPolicy, 'productionSizes' | 'productionAccounts'>,
): LifetimeRules {
  const section = config.getOptionalConfig(KEY);
  const sizes = section ? readSizes(section) : DEFAULT_SIZES;
  const isOfProduction = (size: string) =>
    isProduction({ accountId: '', sizes: [size] }, policy);
  const wrong = Object.keys(sizes).filter(isOfProduction);
  if (section && wrong.length > 0) {
    throw new Error(
      `${KEY}.${wrong[0]}: production does not end by itself. Take the size out here, or out of infraScaffolder.approvals.productionSizes.`,
    );
  }
  return {
    sizes: Object.fromEntries(
      Object.entries(sizes).filter(([size]) => !isOfProduction(size)),
    ),
    endlessAccountIds: policy.productionAccounts,
  };
}
