import type { RootConfigService } from '@backstage/backend-plugin-api';
import type { AwsAccess, AwsTarget } from '@slipway/plugin-aws-node';
import type { AccountCheck } from '@slipway/plugin-infra-scaffolder-common';
import type { BlueprintRegistry } from '../registry/BlueprintRegistry';
import type { EngineRegistry } from '../registry/EngineRegistry';
import { verdictOfError } from './checks/verdictOfError';
import { identityCheck, regionCheck } from './checks/access';
import { costTagsCheck } from './checks/costTags';
import { cloudFormationCheck, stagingBucketCheck } from './checks/deployment';
import { roomChecks } from './checks/headroom';
import { cloudTrailCheck, taggingCheck } from './checks/reading';
import { stateBucketCheck, stateLockCheck } from './checks/terraform';
import type {
  AccountChecks,
  CheckContext,
  OfferedSize,
  OnboardingCheck,
  TerraformPlace,
  Verdict,
} from './types';

/** For one check; all of a region but the first are made at once, so a region takes twice that at most. */
const CHECK_MS = 10_000;

/** Without the first nothing else can be seen. */
const FIRST = identityCheck;
const OTHERS: OnboardingCheck[] = [
  regionCheck,
  cloudFormationCheck,
  stagingBucketCheck,
  stateBucketCheck,
  stateLockCheck,
  taggingCheck,
  cloudTrailCheck,
  ...roomChecks,
  costTagsCheck,
];

interface Options {
  aws: AwsAccess;
  config: RootConfigService;
  engines: EngineRegistry;
  blueprints: BlueprintRegistry;
}

/** {@link AccountChecks} by calls that read. */
export class AwsAccountChecks implements AccountChecks {
  readonly #options: Options;

  static create(options: Options): AwsAccountChecks {
    return new AwsAccountChecks(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  async check(
    target: AwsTarget,
    region: string,
    signal: AbortSignal,
  ): Promise<AccountCheck[]> {
    const { accountId } = target;
    let context: CheckContext;
    try {
      context = {
        target,
        region,
        clientConfig: await this.#options.aws.clientConfig({
          accountId,
          region,
        }),
        terraform: this.#terraformIn(target, region),
        sizes: this.#sizesOf(target),
        signal,
      };
    } catch (error) {
      return [
        told(FIRST, {
          state: 'failed',
          found: `There are no credentials for account ${accountId}: ${
            (error as Error).message
          }`,
          mend: `Give the account under aws.accounts, with the role to assume.`,
        }),
      ];
    }
    const first = await run(FIRST, context);
    const others = OTHERS.filter(({ applies }) => applies?.(context) ?? true);
    if (first.state !== 'passed') {
      return [
        first,
        ...others.map(check =>
          told(check, {
            state: 'unknown',
            found: `Not looked at: without the role nothing in account ${accountId} can be seen.`,
          }),
        ),
      ];
    }
    return [
      first,
      ...(await Promise.all(others.map(check => run(check, context)))),
    ];
  }

  #sizesOf({ sizes: allowed }: AwsTarget): OfferedSize[] {
    return this.#options.blueprints
      .list()
      .flatMap(({ title, sizes }) =>
        Object.entries(sizes).flatMap(([size, { takes }]) =>
          takes && (allowed.length === 0 || allowed.includes(size))
            ? [{ title: `${title} in size ${size}`, takes }]
            : [],
        ),
      );
  }

  /** The settings are those of the Terraform engine, which documents them. */
  #terraformIn(target: AwsTarget, region: string): TerraformPlace | undefined {
    const { config, engines } = this.#options;
    if (!engines.find('terraform')) {
      return undefined;
    }
    const terraform = config.getOptionalConfig('infraScaffolder.terraform');
    const stateBucket =
      terraform?.getOptionalString('stateBucket') ??
      'slipway-terraform-{accountId}-{region}';
    return {
      stateBucket: stateBucket
        .replaceAll('{accountId}', target.accountId)
        .replaceAll('{region}', region),
      lockTable: terraform?.getOptionalString('lockTable'),
    };
  }
}

function told({ id, title }: OnboardingCheck, verdict: Verdict): AccountCheck {
  return { id, title, ...verdict };
}

async function run(
  check: OnboardingCheck,
  context: CheckContext,
): Promise<AccountCheck> {
  const signal = AbortSignal.any([
    context.signal,
    AbortSignal.timeout(CHECK_MS),
  ]);
  try {
    return told(check, await check.look({ ...context, signal }));
  } catch (error) {
    return told(check, verdictOfError(error, check, context));
  }
}
