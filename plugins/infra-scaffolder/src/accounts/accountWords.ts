import type {
  Account,
  AccountCheck,
  AccountCheckState,
  AccountQuotas,
} from '@slipway/plugin-infra-scaffolder-common';
import { formatCount, formatMoney, type Health } from '@slipway/ui';

/** How the states of checks are shown, the worst first. */
export const CHECK_STATES: Record<
  AccountCheckState,
  { health: Health; word: string }
> = {
  failed: { health: 'failing', word: 'Failed' },
  warning: { health: 'attention', word: 'Warning' },
  unknown: { health: 'unknown', word: 'Unknown' },
  passed: { health: 'healthy', word: 'Passed' },
};

const ORDER = Object.keys(CHECK_STATES);

/** What needs somebody comes first. */
export function worstFirst(checks: AccountCheck[]): AccountCheck[] {
  return [...checks].sort(
    (a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state),
  );
}

/** What is used of an account's quotas, a sentence each. */
export function quotaSentences(quotas: AccountQuotas = {}): string[] {
  const { environments, environmentsPerOwner, monthlyUsd } = quotas;
  return [
    ...(environments
      ? [`${environments.used} of ${environments.most} environments are there.`]
      : []),
    ...(environmentsPerOwner
      ? [`Each owner has ${environmentsPerOwner} at most.`]
      : []),
    ...(monthlyUsd
      ? [
          `${formatMoney(Number(monthlyUsd.used))} of ${formatMoney(
            Number(monthlyUsd.most),
          )} a month are used.`,
        ]
      : []),
  ];
}

/** What the checks of all accounts come to. */
export function sumUpAccounts(accounts: Account[]): {
  health: Health;
  sentence: string;
} {
  const regions = accounts.flatMap(account => account.regions);
  const checks = regions.flatMap(region => region.checks);
  const count = (state: AccountCheckState) =>
    checks.filter(check => check.state === state).length;
  const place = `${formatCount(accounts.length, 'account')}, ${formatCount(
    regions.length,
    'region',
  )}`;
  if (count('failed') > 0) {
    return {
      health: 'failing',
      sentence: `${place}: ${formatCount(
        count('failed'),
        'check has',
        'checks have',
      )} failed.`,
    };
  }
  if (count('warning') > 0) {
    return {
      health: 'attention',
      sentence: `${place}: no check has failed, ${formatCount(
        count('warning'),
        'warns',
        'warn',
      )}.`,
    };
  }
  const unseen = regions.filter(region => !region.checkedAt).length;
  if (unseen > 0) {
    return {
      health: 'unknown',
      sentence: `${place}: ${formatCount(
        unseen,
        'region has',
        'regions have',
      )} not been checked yet.`,
    };
  }
  if (count('unknown') > 0) {
    return {
      health: 'unknown',
      sentence: `${place}: nothing is known to be missing; ${formatCount(
        count('unknown'),
        'thing',
      )} could not be seen.`,
    };
  }
  return { health: 'healthy', sentence: `${place}: nothing is missing.` };
}
