import type { AwsAccess } from '@slipway/plugin-aws-node';
import type { RequestIssue } from '@slipway/plugin-infra-scaffolder-common';
import type { RequestDraft } from './RequestChecker';

/** Checks account, region, and that the size is allowed there. */
export function checkTarget(
  { accountId, region, size }: RequestDraft,
  aws: AwsAccess,
): RequestIssue[] {
  if (accountId === undefined) {
    return [];
  }
  const targets = aws.targets();
  const target = targets.find(candidate => candidate.accountId === accountId);
  if (!target) {
    return [
      {
        path: 'accountId',
        message: `Account ${accountId} is not one that this portal may work in. Choose one of ${targets
          .map(({ accountId: id, name }) => `${id} (${name})`)
          .join(', ')}.`,
      },
    ];
  }
  const issues: RequestIssue[] = [];
  if (region !== undefined && !target.regions.includes(region)) {
    issues.push({
      path: 'region',
      message: `Account ${
        target.name
      } is not used in region "${region}". Choose one of ${target.regions.join(
        ', ',
      )}.`,
      suggestion: target.regions[0],
    });
  }
  if (
    size !== undefined &&
    target.sizes.length > 0 &&
    !target.sizes.includes(size)
  ) {
    issues.push({
      path: 'size',
      message: `Size "${size}" is not allowed in account ${
        target.name
      }. Choose ${target.sizes.join(' or ')}, or another account.`,
      suggestion: target.sizes[0],
    });
  }
  return issues;
}
