import type {
  Environment,
  EnvironmentSchedule,
  EnvironmentSleep,
  ScheduleApi,
  Sleeper,
  StaysUp,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Knex } from 'knex';
import type { As } from '../services/types';

/** An environment that has a schedule, or is not awake. */
export interface ScheduledEnvironment {
  environment: Environment;
  /** When it was last seen that what sleeps still does. */
  lookedAt?: Date;
}

/** `null` clears, `undefined` leaves as it is. */
export interface SchedulePatch {
  schedule?: Pick<EnvironmentSchedule, 'hours' | 'consent'> | null;
  override?: EnvironmentSchedule['override'] | null;
  sleep?: {
    state: EnvironmentSleep['state'];
    since: Date;
    runId: string;
  } | null;
  slept?: Sleeper[] | null;
  lookedAt?: Date | null;
  /** A sleep or a wake came off: nothing is made up for any more. */
  succeeded?: true;
}

/** What is kept of schedules and of sleep. */
export interface ScheduleStore {
  scheduled(): Promise<ScheduledEnvironment[]>;
  update(
    environmentId: string,
    patch: SchedulePatch,
    tx?: Knex.Transaction,
  ): Promise<void>;
  /** @returns what held it up before. */
  holdUp(environmentId: string, reason: string | null): Promise<string | null>;
  /** A sleep or a wake did not come off: it is tried again, ever later. */
  failed(environmentId: string, at: Date, tx: Knex.Transaction): Promise<void>;
}

/** What of an environment can be stopped, as AWS says now. */
export interface Sleepers {
  find(
    environment: Environment,
    signal?: AbortSignal,
  ): Promise<{ stops: Sleeper[]; stays: StaysUp[] }>;
  /** Whether anything of what sleeps is up again. */
  isAnyUp(
    environment: Environment,
    slept: Sleeper[],
    signal?: AbortSignal,
  ): Promise<boolean>;
}

/** Schedules for people and plugins; what a method does stands at {@link ScheduleApi}. */
export type ScheduleService = {
  [Method in keyof ScheduleApi]: (
    ...args: [...Parameters<ScheduleApi[Method]>, As]
  ) => ReturnType<ScheduleApi[Method]>;
};
