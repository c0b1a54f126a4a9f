import type {
  Account,
  AccountApi,
  AccountList,
} from '@slipway/plugin-infra-scaffolder-common';

/** An account with one region, in which something is missing. */
export function sampleAccount(part: Partial<Account> = {}): Account {
  return {
    accountId: '123456789012',
    name: 'sandbox',
    sizes: ['dev', 'small'],
    quotas: {
      environments: { used: 2, most: 3 },
      environmentsPerOwner: 2,
      monthlyUsd: { used: '412.50', most: '1000' },
    },
    regions: [
      {
        region: 'us-east-1',
        checkedAt: new Date(Date.now() - 120_000).toISOString(),
        checks: [
          {
            id: 'identity',
            title: 'Role can be assumed',
            state: 'passed',
            found:
              'The portal acts as arn:aws:sts::123456789012:assumed-role/slipway-provisioner/portal.',
          },
          {
            id: 'cloudtrail',
            title: 'CloudTrail says who changed what',
            state: 'failed',
            found:
              'The portal’s role may not cloudtrail:LookupEvents in account 123456789012, us-east-1.',
            mend: 'Allow cloudtrail:LookupEvents to the portal’s role in account 123456789012.',
          },
        ],
      },
      { region: 'us-west-2', checks: [] },
    ],
    ...part,
  };
}

/** Accounts in memory. */
export class FakeAccountApi implements AccountApi {
  list: AccountList = { items: [sampleAccount()], mayCheck: true };
  /** What the next check finds. */
  found?: Account;
  failure?: Error;
  readonly calls: unknown[][] = [];

  async listAccounts() {
    if (this.failure) {
      throw this.failure;
    }
    return this.list;
  }

  async checkAccount(accountId: string): Promise<Account> {
    this.calls.push(['checkAccount', accountId]);
    const found = this.found;
    if (!found) {
      throw new Error('AWS is away.');
    }
    this.list = {
      ...this.list,
      items: this.list.items.map(each =>
        each.accountId === accountId ? found : each,
      ),
    };
    return found;
  }
}
