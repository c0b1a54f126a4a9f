import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  Environment,
  LifetimeApi,
  LifetimeWarning,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Knex } from 'knex';
import type { As } from '../services/types';

/** An environment that has an end, and the warnings of it that are settled. */
export interface EndingEnvironment {
  environment: Environment &
    Required<Pick<Environment, 'expiresAt' | 'expiry'>>;
  warnings: LifetimeWarning[];
}

/** What is kept of ends: who was warned, what holds a destroy up. */
export interface LifetimeStore {
  /** Those that may have a warning or a destroy due, the earliest end first. */
  ending(before: Date): Promise<EndingEnvironment[]>;
  /**
   * Takes the right to send a warning, or notes that it is left out.
   * @returns false where somebody else has taken it.
   */
  claimWarning(
    environmentId: string,
    warning: LifetimeWarning & { sent: boolean },
  ): Promise<boolean>;
  /** @returns what held it up before. */
  holdUp(environmentId: string, reason: string | null): Promise<string | null>;
  /** A destroy at the end did not come off: it is tried again, ever later. */
  failed(environmentId: string, at: Date, tx: Knex.Transaction): Promise<void>;
}

/** Something that needs an environment. */
export interface FoundDependent {
  entityRef: string;
  reason: string;
  /** Where it is an environment itself. */
  environment?: Pick<Environment, 'owner'>;
}

/** Knows what needs an environment. */
export interface Dependents {
  /** @throws ServiceUnavailableError where that cannot be told. */
  of(environment: Environment): Promise<FoundDependent[]>;
}

/** Lifetimes for people and plugins; what a method does stands at {@link LifetimeApi}. */
export type LifetimeService = {
  [Method in 'extendEnvironment' | 'listDependents']: (
    ...args: [...Parameters<LifetimeApi[Method]>, As]
  ) => ReturnType<LifetimeApi[Method]>;
};

/** What a person may know of what needs an environment. */
export interface DependentsForPeople {
  seenBy(
    environment: Environment,
    credentials: BackstageCredentials,
  ): ReturnType<LifetimeApi['listDependents']>;
}
