import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type { AwsAccess, AwsTarget } from '@slipway/plugin-aws-node';
import type {
  Account,
  AccountList,
} from '@slipway/plugin-infra-scaffolder-common';
import type { EnvironmentStore, Holder } from '../database/types';
import { quotasOf, whyFull } from '../services/checkQuotas';
import type { EnvironmentAuthorizer } from '../services/EnvironmentAuthorizer';
import type { As } from '../services/types';
import type { AccountChecker } from './AccountChecker';
import type { AccountCheckStore, AccountService } from './types';

/** Longer than a look at a region takes, and shorter than proxies wait. */
const LONGEST_LOOK_MS = 30_000;

interface Options {
  aws: AwsAccess;
  checker: AccountChecker;
  store: AccountCheckStore;
  environments: EnvironmentStore;
  authorizer: EnvironmentAuthorizer;
}

type Found = Awaited<ReturnType<AccountCheckStore['list']>>;

function accountOf(
  target: AwsTarget,
  holders: Holder[],
  found: Found,
): Account {
  const { accountId, name, sizes, regions } = target;
  return {
    accountId,
    name,
    sizes,
    quotas: quotasOf(target, holders),
    whyNot: whyFull(target, holders),
    regions: regions.map(region => {
      const last = found.find(
        each => each.accountId === accountId && each.region === region,
      );
      return { region, checkedAt: last?.checkedAt, checks: last?.checks ?? [] };
    }),
  };
}

/** Everybody who is signed in sees accounts; who looks after them has them checked. */
export class DefaultAccountService implements AccountService {
  readonly #options: Options;

  static create(options: Options): DefaultAccountService {
    return new DefaultAccountService(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  async listAccounts({ credentials }: As): Promise<AccountList> {
    const { aws, authorizer } = this.#options;
    const [holders, found] = await this.#known();
    return {
      items: aws.targets().map(target => accountOf(target, holders, found)),
      mayCheck: await authorizer.mayCheckAccounts(credentials),
    };
  }

  async checkAccount(accountId: string, { credentials }: As): Promise<Account> {
    const { aws, authorizer, checker } = this.#options;
    if (!(await authorizer.mayCheckAccounts(credentials))) {
      throw new NotAllowedError(
        'Having an account checked takes the role of an SRE or an admin. It is also checked every hour.',
      );
    }
    const target = aws.targets().find(each => each.accountId === accountId);
    if (!target) {
      throw new NotFoundError(
        `Account ${accountId} is not among aws.targets. Add it there.`,
      );
    }
    await checker.check(accountId, AbortSignal.timeout(LONGEST_LOOK_MS));
    const [holders, found] = await this.#known();
    return accountOf(target, holders, found);
  }

  async #known() {
    const { environments, store } = this.#options;
    return Promise.all([environments.holders(), store.list()]);
  }
}
