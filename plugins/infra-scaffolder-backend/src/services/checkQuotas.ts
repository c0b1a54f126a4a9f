import type { AwsTarget } from '@slipway/plugin-aws-node';
import {
  compareDecimals,
  sumDecimals,
  type AccountQuotas,
  type RequestIssue,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Holder } from '../database/types';
import type { RequestDraft } from './RequestChecker';

function there({ accountId }: AwsTarget, holders: Holder[]): Holder[] {
  return holders.filter(holder => holder.accountId === accountId);
}

/** What an account takes at most, and what is used of it. */
export function quotasOf(target: AwsTarget, holders: Holder[]): AccountQuotas {
  const { environments, environmentsPerOwner, monthlyUsd } =
    target.quotas ?? {};
  const own = there(target, holders);
  return {
    ...(environments !== undefined && {
      environments: { used: own.length, most: environments },
    }),
    ...(environmentsPerOwner !== undefined && { environmentsPerOwner }),
    ...(monthlyUsd !== undefined && {
      monthlyUsd: {
        used: sumDecimals(own.flatMap(holder => holder.monthlyUsd ?? [])),
        most: monthlyUsd,
      },
    }),
  };
}

/** Why an account takes no new environment, whoever asks; undefined where it does. */
export function whyFull(
  target: AwsTarget,
  holders: Holder[],
): string | undefined {
  const { environments, monthlyUsd } = quotasOf(target, holders);
  if (environments && environments.used >= environments.most) {
    return `Account ${target.name} takes ${environments.most} environments at most and has ${environments.used}. Destroy one there, or choose another account.`;
  }
  if (monthlyUsd && compareDecimals(monthlyUsd.used, monthlyUsd.most) >= 0) {
    return `The environments of account ${target.name} cost $${monthlyUsd.used} a month by their estimates; no new one is made there from $${monthlyUsd.most} on. Make one smaller or destroy one, or choose another account.`;
  }
  return undefined;
}

/**
 * Why a plan would take the account above its amount; undefined where it does not, where it costs no more than the
 * environment did, or where nobody estimated it.
 */
export function whyTooMuch(
  target: AwsTarget | undefined,
  environmentId: string,
  monthlyUsd: string | undefined,
  holders: Holder[],
): string | undefined {
  const most = target?.quotas?.monthlyUsd;
  if (!target || most === undefined || monthlyUsd === undefined) {
    return undefined;
  }
  const own = there(target, holders);
  const before = own.find(({ id }) => id === environmentId)?.monthlyUsd ?? '0';
  const after = sumDecimals([
    monthlyUsd,
    ...own.flatMap(holder =>
      holder.id === environmentId ? [] : holder.monthlyUsd ?? [],
    ),
  ]);
  return compareDecimals(monthlyUsd, before) > 0 &&
    compareDecimals(after, most) > 0
    ? `With this plan the environments of account ${target.name} come to $${after} a month by their estimates, and it takes $${most} at most.`
    : undefined;
}

/** Whether the account has room for another environment, of this owner, at this cost. */
export function checkQuotas(
  { accountId, owner }: Pick<RequestDraft, 'accountId' | 'owner'>,
  holders: Holder[],
  targets: AwsTarget[],
): RequestIssue[] {
  const target = targets.find(each => each.accountId === accountId);
  if (!target?.quotas) {
    return [];
  }
  const message = whyFull(target, holders);
  if (message) {
    return [{ path: 'accountId', message }];
  }
  const { environmentsPerOwner } = target.quotas;
  const own = there(target, holders).filter(
    holder => holder.owner === owner,
  ).length;
  if (environmentsPerOwner !== undefined && own >= environmentsPerOwner) {
    return [
      {
        path: 'owner',
        message: `Each owner has ${environmentsPerOwner} environments at most in account ${target.name}, and ${owner} has ${own}. Destroy one of them, or choose another account.`,
      },
    ];
  }
  return [];
}
