import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { AwsTarget, AwsTargetQuotas } from './types';

const ACCOUNT_ID = /^\d{12}$/;
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;
const BUCKET = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;
const MONEY = /^\d+(\.\d{1,2})?$/;
const DEFAULT_STAGING_BUCKET = 'slipway-staging-{accountId}-{region}';

/**
 * Reads `aws.targets`.
 * @throws InputError that names the key and says how to mend it.
 */
export function readTargets(config: Config): AwsTarget[] {
  const targets = (config.getOptionalConfigArray('aws.targets') ?? []).map(
    (entry, index) => readTarget(entry, `aws.targets[${index}]`),
  );
  const seen = new Set<string>();
  for (const [index, { accountId }] of targets.entries()) {
    if (seen.has(accountId)) {
      throw new InputError(
        `aws.targets[${index}].accountId is ${accountId}, which an earlier entry has already. Merge the two.`,
      );
    }
    seen.add(accountId);
  }
  return targets;
}

/**
 * The bucket that holds staged templates of an account in a region.
 * @public
 */
export function stagingBucketOf(target: AwsTarget, region: string): string {
  return (target.stagingBucket ?? DEFAULT_STAGING_BUCKET)
    .replaceAll('{accountId}', target.accountId)
    .replaceAll('{region}', region);
}

function readQuotas(
  entry: Config | undefined,
  key: string,
): AwsTargetQuotas | undefined {
  const count = (name: string) => {
    const value = entry?.getOptionalNumber(name);
    if (value !== undefined && !(Number.isInteger(value) && value > 0)) {
      throw new InputError(
        `${key}.${name} is ${value}. Write a whole number above 0, or leave it out for no limit.`,
      );
    }
    return value;
  };
  const monthlyUsd = entry?.getOptional('monthlyUsd');
  if (monthlyUsd !== undefined && !MONEY.test(String(monthlyUsd))) {
    throw new InputError(
      `${key}.monthlyUsd is "${monthlyUsd}". Write an amount in USD, e.g. 5000 or "4999.50", or leave it out for no limit.`,
    );
  }
  return (
    entry && {
      environments: count('environments'),
      environmentsPerOwner: count('environmentsPerOwner'),
      ...(monthlyUsd !== undefined && { monthlyUsd: String(monthlyUsd) }),
    }
  );
}

function readTarget(entry: Config, key: string): AwsTarget {
  // An unquoted account id is a number in YAML and loses its leading zeros.
  const accountId = String(entry.get('accountId'));
  if (!ACCOUNT_ID.test(accountId)) {
    throw new InputError(
      `${key}.accountId is "${accountId}", which is not an AWS account id. Give its 12 digits, in quotes.`,
    );
  }
  const regions = entry.getStringArray('regions');
  if (regions.length === 0) {
    throw new InputError(
      `${key}.regions is empty. Name at least one region, e.g. us-east-1.`,
    );
  }
  for (const region of regions) {
    if (!REGION.test(region)) {
      throw new InputError(
        `${key}.regions has "${region}", which is not a region. Regions look like us-east-1.`,
      );
    }
  }
  const target: AwsTarget = {
    accountId,
    name: entry.getString('name'),
    regions: [...new Set(regions)],
    sizes: entry.getOptionalStringArray('sizes') ?? [],
    stagingBucket: entry.getOptionalString('stagingBucket'),
    quotas: readQuotas(entry.getOptionalConfig('quotas'), `${key}.quotas`),
  };
  for (const region of target.regions) {
    const bucket = stagingBucketOf(target, region);
    if (!BUCKET.test(bucket)) {
      throw new InputError(
        `${key}.stagingBucket makes "${bucket}", which is not a bucket name. Use 3 to 63 lower-case letters, digits and hyphens; {accountId} and {region} are filled in.`,
      );
    }
  }
  return target;
}
