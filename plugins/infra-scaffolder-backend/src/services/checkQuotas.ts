import type { AwsTarget } from '@slipway/plugin-aws-node';
import {
  compareDecimals,
  type RequestIssue,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Holder } from '../database/types';
import type { RequestDraft } from './RequestChecker';

/** Of decimal text with two places at most, as estimates are kept. */
function cents(usd: string): bigint {
  const [whole, fraction = ''] = usd.split('.');
  return BigInt(whole + fraction.padEnd(2, '0'));
}

function sum(amounts: string[]): string {
  const total = amounts.reduce((so, usd) => so + cents(usd), 0n).toString();
  const digits = total.padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
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
  const { environments, environmentsPerOwner, monthlyUsd } = target.quotas;
  const there = holders.filter(holder => holder.accountId === accountId);
  if (environments !== undefined && there.length >= environments) {
    return [
      {
        path: 'accountId',
        message: `Account ${target.name} takes ${environments} environments at most and has ${there.length}. Destroy one there, or choose another account.`,
      },
    ];
  }
  const spent = sum(there.flatMap(holder => holder.monthlyUsd ?? []));
  if (monthlyUsd !== undefined && compareDecimals(spent, monthlyUsd) >= 0) {
    return [
      {
        path: 'accountId',
        message: `The environments of account ${target.name} cost $${spent} a month by their estimates; no new one is made there from $${monthlyUsd} on. Make one smaller or destroy one, or choose another account.`,
      },
    ];
  }
  const own = there.filter(holder => holder.owner === owner).length;
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
