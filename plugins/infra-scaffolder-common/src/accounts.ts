/** Used and most, as decimal text where it is money. @public */
export interface QuotaUse<T> {
  used: T;
  most: T;
}

/** What an account takes at most, and what is used of it; what is left out is not limited. @public */
export interface AccountQuotas {
  /** Living environments. */
  environments?: QuotaUse<number>;
  /** The most living environments of one owner. */
  environmentsPerOwner?: number;
  /** USD a month, by the estimates of the plans that were applied last. */
  monthlyUsd?: QuotaUse<string>;
}

/** `unknown`: it could not be seen, which is neither well nor ill. @public */
export type AccountCheckState = 'passed' | 'warning' | 'failed' | 'unknown';

/** One thing that an account has to have before environments can be made in it. @public */
export interface AccountCheck {
  /** e.g. `identity`. */
  id: string;
  title: string;
  state: AccountCheckState;
  /** One or two sentences. */
  found: string;
  /** The IAM action or setting that mends it. */
  mend?: string;
  /** What mends or shows it, for a shell. */
  command?: string;
}

/** @public */
export interface RegionChecks {
  region: string;
  /** Absent: it has not been looked yet. */
  checkedAt?: string;
  checks: AccountCheck[];
}

/** An account that environments can be made in, and whether it is ready for them. @public */
export interface Account {
  accountId: string;
  name: string;
  /** Sizes allowed here; empty means all. */
  sizes: string[];
  quotas: AccountQuotas;
  /** Why it takes no new environment now. */
  whyNot?: string;
  regions: RegionChecks[];
}

/** @public */
export interface AccountList {
  items: Account[];
  /** Whether the person may have accounts checked. */
  mayCheck: boolean;
}

/**
 * The HTTP API of accounts; each method says its route.
 * @public
 */
export interface AccountApi {
  /** GET /accounts */
  listAccounts(): Promise<AccountList>;
  /** POST /accounts/:id/checks → the account as it was found in each of its regions. */
  checkAccount(accountId: string): Promise<Account>;
}
