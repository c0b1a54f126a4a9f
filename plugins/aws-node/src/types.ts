import type { AwsCredentialIdentityProvider } from '@aws-sdk/types';

/** An AWS account the portal may work in. @public */
export interface AwsTarget {
  accountId: string;
  name: string;
  regions: string[];
  /** Blueprint sizes allowed here; empty means all. */
  sizes: string[];
  /** Bucket for staged templates, by region; default `slipway-staging-<accountId>-<region>`. */
  stagingBucket?: string;
}

/** Spread into the constructor of any AWS SDK v3 client. @public */
export interface AwsClientConfig {
  region: string;
  credentials: AwsCredentialIdentityProvider;
  /** Set where configuration names an endpoint, e.g. a private one. */
  endpoint?: string;
  maxAttempts: number;
  customUserAgent: string;
}

/** Accounts, credentials and client settings. Nothing else reads AWS configuration. @public */
export interface AwsAccess {
  targets(): AwsTarget[];
  /** @throws InputError naming the account or region where it is not configured. */
  target(accountId: string): AwsTarget;
  clientConfig(options: {
    accountId: string;
    region: string;
  }): Promise<AwsClientConfig>;
}
