import type { LoggerService } from '@backstage/backend-plugin-api';
import type { AwsAccess } from '@slipway/plugin-aws-node';
import type { AccountChecks, AccountCheckStore } from './types';

interface Options {
  aws: AwsAccess;
  checks: AccountChecks;
  store: AccountCheckStore;
  logger: LoggerService;
}

/** Has accounts looked at, all regions of one at once, and keeps what was found. */
export class AccountChecker {
  readonly #options: Options;
  readonly #underWay = new Map<string, Promise<void>>();

  static create(options: Options): AccountChecker {
    return new AccountChecker(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  /** Who asks while it is looked gets what is found then; AWS is not asked twice. */
  async check(accountId: string, signal: AbortSignal): Promise<void> {
    const underWay = this.#underWay.get(accountId);
    if (underWay) {
      return underWay;
    }
    const mine = this.#check(accountId, signal).finally(() =>
      this.#underWay.delete(accountId),
    );
    this.#underWay.set(accountId, mine);
    return mine;
  }

  async checkAll(signal: AbortSignal): Promise<void> {
    for (const { accountId } of this.#options.aws.targets()) {
      if (signal.aborted) {
        return;
      }
      try {
        await this.check(accountId, signal);
      } catch (error) {
        this.#options.logger.warn(
          `What was found in account ${accountId} could not be kept; it is looked again in an hour`,
          error as Error,
        );
      }
    }
  }

  async #check(accountId: string, signal: AbortSignal): Promise<void> {
    const { aws, checks, store } = this.#options;
    const target = aws.target(accountId);
    await Promise.all(
      target.regions.map(async region => {
        const found = await checks.check(target, region, signal);
        if (!signal.aborted) {
          await store.save(accountId, {
            region,
            checkedAt: new Date().toISOString(),
            checks: found,
          });
        }
      }),
    );
  }
}
