import type {
  Account,
  AccountApi,
  AccountList,
} from '@slipway/plugin-infra-scaffolder-common';
import { HttpBackEnd, type HttpOptions } from './HttpBackEnd';

/** Accounts over HTTP. */
export class AccountClient implements AccountApi {
  readonly #backEnd: HttpBackEnd;

  static create(options: HttpOptions): AccountClient {
    return new AccountClient(new HttpBackEnd(options));
  }

  private constructor(backEnd: HttpBackEnd) {
    this.#backEnd = backEnd;
  }

  listAccounts() {
    return this.#backEnd.get<AccountList>('/accounts');
  }

  checkAccount(accountId: string) {
    return this.#backEnd.post<Account>(
      `/accounts/${encodeURIComponent(accountId)}/checks`,
    );
  }
}
