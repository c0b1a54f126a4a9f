import type { Config } from '@backstage/config';
import {
  compareDecimals,
  DEFAULT_APPROVAL_POLICY,
  type ApprovalPolicy,
} from '@slipway/plugin-infra-scaffolder-common';

const SECTION = 'infraScaffolder.approvals';
const DESTROYS = ['always', 'production', 'never'] as const;

function isDestroy(value: string): value is ApprovalPolicy['destroy'] {
  return (DESTROYS as readonly string[]).includes(value);
}

function readMonthly(section: Config): string | undefined {
  const value = section.getOptional('monthlyAboveUsd');
  if (value === false) {
    return undefined;
  }
  const text = String(value ?? DEFAULT_APPROVAL_POLICY.monthlyAboveUsd);
  try {
    compareDecimals(text, '0');
  } catch (error) {
    throw new Error(
      `${SECTION}.monthlyAboveUsd: ${
        (error as Error).message
      } Write an amount in USD, or false for none.`,
    );
  }
  return text;
}

function readDays(section: Config): number {
  const days =
    section.getOptionalNumber('lapsesAfterDays') ??
    DEFAULT_APPROVAL_POLICY.lapsesAfterDays;
  if (!(days > 0 && days <= 90)) {
    throw new Error(
      `${SECTION}.lapsesAfterDays: ${days}. Write a number of days, more than 0 and at most 90.`,
    );
  }
  return days;
}

interface ApprovalConfig {
  policy: ApprovalPolicy;
  /** Entity references of people and groups who are told that a plan awaits approval. */
  notify: string[];
}

/** @throws Error naming the key that is not well-formed. */
export function readApprovalConfig(config: Config): ApprovalConfig {
  const defaults = DEFAULT_APPROVAL_POLICY;
  const section = config.getOptionalConfig(SECTION);
  if (!section) {
    return { policy: defaults, notify: [] };
  }
  const destroy = section.getOptionalString('destroy') ?? defaults.destroy;
  if (!isDestroy(destroy)) {
    throw new Error(
      `${SECTION}.destroy: "${destroy}". Write one of ${DESTROYS.join(', ')}.`,
    );
  }
  return {
    policy: {
      productionSizes:
        section.getOptionalStringArray('productionSizes') ??
        defaults.productionSizes,
      productionAccounts:
        section.getOptionalStringArray('productionAccounts') ??
        defaults.productionAccounts,
      production:
        section.getOptionalBoolean('production') ?? defaults.production,
      destroy,
      monthlyAboveUsd: readMonthly(section),
      replacedDatabase:
        section.getOptionalBoolean('replacedDatabase') ??
        defaults.replacedDatabase,
      lapsesAfterDays: readDays(section),
    },
    notify: section.getOptionalStringArray('notify') ?? [],
  };
}
