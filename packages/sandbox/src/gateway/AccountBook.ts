/** Which account an access key belongs to: as the emulator sees it. */
export class AccountBook {
  readonly #defaultAccount: string;
  readonly #sessions = new Map<string, string>();

  constructor(defaultAccount: string) {
    this.#defaultAccount = defaultAccount;
  }

  /** A key of 12 digits is its account; a key from an assumed role belongs to the role's; all others to the default. */
  readonly accountOf = (accessKeyId: string | undefined): string => {
    if (accessKeyId && /^\d{12}$/.test(accessKeyId)) {
      return accessKeyId;
    }
    return (
      (accessKeyId && this.#sessions.get(accessKeyId)) || this.#defaultAccount
    );
  };

  /** Learns the key that an answer of AssumeRole hands out. */
  learn(requestForm: string, answer: string): void {
    const role = new URLSearchParams(requestForm).get('RoleArn');
    const account = /^arn:aws[^:]*:iam::(\d{12}):/.exec(role ?? '')?.[1];
    const key = /<AccessKeyId>([^<]+)</.exec(answer)?.[1];
    if (account && key) {
      this.#sessions.set(key, account);
    }
  }
}
