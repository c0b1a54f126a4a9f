import { EC2Client } from '@aws-sdk/client-ec2';
import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import {
  DescribeSecretCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { AwsAccess } from '@slipway/plugin-aws-node';
import type {
  Environment,
  KeptResource,
  Orphan,
  OrphanScan,
} from '@slipway/plugin-infra-scaffolder-common';
import { ENVIRONMENT_ID_TAG } from '@slipway/plugin-infra-scaffolder-node';
import { isEndedInEc2 } from './endedInEc2';
import {
  isAutomaticBackup,
  isSnapshot,
  orphanOf,
  partsOfArn,
} from './leftovers';
import type { LeftoverScanner } from './types';

/** Where AWS keeps what has no region, e.g. CloudFront. */
const GLOBAL_REGION = 'us-east-1';
/** The most that GetResources gives at a time. */
const PAGE = 100;
const TIMEOUT_MS = 60_000;

type ClientConfig = Awaited<ReturnType<AwsAccess['clientConfig']>>;
type Found =
  | { kind: 'orphan'; orphan: Orphan }
  | { kind: 'kept'; kept: KeptResource };

function isNotFound(error: unknown): boolean {
  return /NotFound/.test((error as Error).name);
}

/** Where something of an environment may be: where it was, where the global things are, where its secrets were copied to. */
function regionsOf({ region, parameters }: Environment): string[] {
  const { partnerRegion } = parameters;
  return [
    ...new Set([
      region,
      GLOBAL_REGION,
      ...(typeof partnerRegion === 'string' && partnerRegion
        ? [partnerRegion]
        : []),
    ]),
  ];
}

function whyNot(error: unknown, accountId: string, region: string): string {
  const { name, message } = error as Error;
  return /AccessDenied|Unauthorized/.test(name)
    ? `The portal may not look there: ${message} Give its role in account ${accountId}, ${region}, the rights of “Leftovers” in the portal’s docs on production.`
    : message;
}

/** The looks of one region. */
class RegionScan {
  readonly #config: ClientConfig;
  readonly #region: string;
  readonly #signal: AbortSignal;

  constructor(config: ClientConfig, region: string, signal: AbortSignal) {
    this.#config = config;
    this.#region = region;
    this.#signal = signal;
  }

  async find(environmentId: string): Promise<Found[]> {
    const client = new ResourceGroupsTaggingAPIClient(this.#config);
    const arns = new Set<string>();
    try {
      let PaginationToken: string | undefined;
      do {
        const page = await client.send(
          new GetResourcesCommand({
            TagFilters: [{ Key: ENVIRONMENT_ID_TAG, Values: [environmentId] }],
            ResourcesPerPage: PAGE,
            PaginationToken,
          }),
          { abortSignal: this.#signal },
        );
        page.ResourceTagMappingList?.forEach(
          ({ ResourceARN }) => ResourceARN && arns.add(ResourceARN),
        );
        PaginationToken = page.PaginationToken || undefined;
      } while (PaginationToken);
    } finally {
      client.destroy();
    }
    const found: Found[] = [];
    for (const arn of arns) {
      const each = await this.#classify(arn);
      if (each) {
        found.push(each);
      }
    }
    return found;
  }

  /** @returns undefined for what is not there any more: the tagging API lags behind. */
  async #classify(arn: string): Promise<Found | undefined> {
    const parts = partsOfArn(arn);
    if (isSnapshot(parts)) {
      return {
        kind: 'kept',
        kept: isAutomaticBackup(parts)
          ? {
              type: 'Automatic backup',
              id: arn,
              why: 'AWS deletes it when the days are over for which backups were kept.',
            }
          : {
              type: 'Snapshot',
              id: arn,
              why: 'It has the last state of data, and costs storage until somebody deletes it.',
            },
      };
    }
    try {
      if (parts.service === 'ec2' && (await this.#isEnded(parts.resource))) {
        return undefined;
      }
      const until = await this.#goesBy(arn, parts.service, parts.resource);
      if (until) {
        return {
          kind: 'kept',
          kept: {
            type: parts.service === 'kms' ? 'KMS key' : 'Secret',
            id: arn,
            why: 'AWS deletes it after a waiting period; until then it can be brought back.',
            until: until.toISOString(),
          },
        };
      }
    } catch (error) {
      if (isNotFound(error)) {
        return undefined;
      }
      throw error;
    }
    return { kind: 'orphan', orphan: orphanOf(arn, this.#region) };
  }

  async #isEnded(resource: string): Promise<boolean> {
    const client = new EC2Client(this.#config);
    return isEndedInEc2(client, resource, this.#signal).finally(() =>
      client.destroy(),
    );
  }

  /** When AWS removes it by itself; undefined where it does not. */
  async #goesBy(
    arn: string,
    service: string,
    resource: string,
  ): Promise<Date | undefined> {
    const options = { abortSignal: this.#signal };
    if (service === 'kms' && resource.startsWith('key/')) {
      const client = new KMSClient(this.#config);
      const { KeyMetadata } = await client
        .send(new DescribeKeyCommand({ KeyId: arn }), options)
        .finally(() => client.destroy());
      return KeyMetadata?.DeletionDate;
    }
    if (service === 'secretsmanager') {
      const client = new SecretsManagerClient(this.#config);
      const { DeletedDate } = await client
        .send(new DescribeSecretCommand({ SecretId: arn }), options)
        .finally(() => client.destroy());
      return DeletedDate;
    }
    return undefined;
  }
}

/**
 * {@link LeftoverScanner} by the Resource Groups Tagging API: each resource carries the id of its environment as a tag. It
 * knows tagged resources only, and for a moment still those that were deleted, so that a look can be repeated.
 * {@link https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html}
 */
export class TagScanner implements LeftoverScanner {
  readonly #aws: AwsAccess;

  static create(aws: AwsAccess): TagScanner {
    return new TagScanner(aws);
  }

  private constructor(aws: AwsAccess) {
    this.#aws = aws;
  }

  async scan(
    environment: Environment,
    { at, signal }: { at: Date; signal: AbortSignal },
  ): Promise<OrphanScan> {
    const { id, accountId } = environment;
    const scan: OrphanScan = {
      at: at.toISOString(),
      regions: [],
      orphans: [],
      kept: [],
      failed: [],
    };
    const arns = new Set<string>();
    for (const region of regionsOf(environment)) {
      try {
        const config = await this.#aws.clientConfig({ accountId, region });
        const found = await new RegionScan(
          config,
          region,
          AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
        ).find(id);
        scan.regions.push(region);
        for (const each of found) {
          const arn = each.kind === 'orphan' ? each.orphan.arn : each.kept.id;
          if (arns.has(arn)) {
            continue;
          }
          arns.add(arn);
          if (each.kind === 'orphan') {
            scan.orphans.push(each.orphan);
          } else {
            scan.kept.push(each.kept);
          }
        }
      } catch (error) {
        signal.throwIfAborted();
        scan.failed.push({ region, reason: whyNot(error, accountId, region) });
      }
    }
    return scan;
  }
}
