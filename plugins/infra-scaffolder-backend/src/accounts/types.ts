import type { AwsClientConfig, AwsTarget } from '@slipway/plugin-aws-node';
import type {
  AccountApi,
  AccountCheck,
  BlueprintSize,
  RegionChecks,
} from '@slipway/plugin-infra-scaffolder-common';
import type { As } from '../services/types';

/** Accounts for people and plugins; what a method does stands at {@link AccountApi}. */
export type AccountService = {
  [Method in keyof AccountApi]: (
    ...args: [...Parameters<AccountApi[Method]>, As]
  ) => ReturnType<AccountApi[Method]>;
};

/** What was found last, by account and region. */
export interface AccountCheckStore {
  list(): Promise<Array<RegionChecks & { accountId: string }>>;
  save(accountId: string, checks: Required<RegionChecks>): Promise<void>;
}

/** Looks whether environments can be made in an account and region. Only reads, never throws, and comes to an end. */
export interface AccountChecks {
  check(
    target: AwsTarget,
    region: string,
    signal: AbortSignal,
  ): Promise<AccountCheck[]>;
}

/** Where Terraform keeps its states in the region that is looked at. */
export interface TerraformPlace {
  stateBucket: string;
  /** Undefined: locks are files in the bucket. */
  lockTable?: string;
}

/** A size of a blueprint that the account is for. */
export interface OfferedSize {
  /** e.g. `Records service in size prod`. */
  title: string;
  takes: NonNullable<BlueprintSize['takes']>;
}

/** Where an onboarding check looks. */
export interface CheckContext {
  target: AwsTarget;
  region: string;
  clientConfig: AwsClientConfig;
  /** Undefined where no Terraform engine is installed. */
  terraform?: TerraformPlace;
  sizes: OfferedSize[];
  signal: AbortSignal;
}

export type Verdict = Pick<
  AccountCheck,
  'state' | 'found' | 'mend' | 'command'
>;

/** One thing that is looked at, with one right. */
export interface OnboardingCheck {
  id: string;
  title: string;
  /** The IAM action that the look takes. */
  action: string;
  /**
   * Whether environments need the right themselves: without it the check has failed. A right that only the check
   * needs leaves it unknown.
   */
  isNeeded: boolean;
  /** Undefined: the check is for every portal. */
  applies?(context: CheckContext): boolean;
  /** What AWS throws is told by whoever calls. */
  look(context: CheckContext): Promise<Verdict>;
}
