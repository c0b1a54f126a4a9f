import type { AwsCredentialIdentityProvider } from '@aws-sdk/types';
import type { NodeHttpHandler } from '@smithy/node-http-handler';

/** An AWS account the portal may work in. @public */
export interface AwsTarget {
  accountId: string;
  name: string;
  regions: string[];
  /** Blueprint sizes allowed here; empty means all. */
  sizes: string[];
  /**
   * Bucket for staged templates; `{accountId}` and `{region}` in it are filled in.
   * Default `slipway-staging-{accountId}-{region}`. See {@link stagingBucketOf}.
   */
  stagingBucket?: string;
  /** What may be made here at most; what is left out is not limited. */
  quotas?: AwsTargetQuotas;
}

/** @public */
export interface AwsTargetQuotas {
  /** Living environments. */
  environments?: number;
  /** Living environments of one owner. */
  environmentsPerOwner?: number;
  /** Decimal text; an account whose environments cost this much a month takes no new one. */
  monthlyUsd?: string;
}

/** Spread into the constructor of any AWS SDK v3 client. @public */
export interface AwsClientConfig {
  region: string;
  credentials: AwsCredentialIdentityProvider;
  /** Set where configuration names an endpoint, e.g. a private one. */
  endpoint?: string;
  maxAttempts: number;
  customUserAgent: string;
  /** Shared by all clients, with time-outs short enough to notice a region that has gone dark. */
  requestHandler: NodeHttpHandler;
}

/** Accounts, credentials and client settings. Nothing else reads AWS configuration. @public */
export interface AwsAccess {
  targets(): AwsTarget[];
  /** @throws InputError naming the account where it is not configured. */
  target(accountId: string): AwsTarget;
  /** @throws InputError naming the account or region where it is not configured. */
  clientConfig(options: {
    accountId: string;
    region: string;
  }): Promise<AwsClientConfig>;
}
