import { z } from 'zod';
import { checkSchedule, isUp, nextChange, type UpSchedule } from './schedule';
import type { Environment } from './types';

/** Who puts environments to sleep and wakes them by their schedules. @public */
export const SCHEDULE_ACTOR = 'portal:schedule';

/** Kinds of run that put to sleep and wake. @public */
export const SLEEP_RUN_KINDS = {
  sleep: 'infra.sleep',
  wake: 'infra.wake',
} as const;

/** Something that costs money by the hour and can be stopped. @public */
export type Sleeper = {
  arn: string;
  /** What AWS calls it. */
  id: string;
} & (
  | {
      kind: 'nodegroup';
      cluster: string;
      /** Nodes, before it was put to sleep. */
      minSize: number;
      desiredSize: number;
    }
  | { kind: 'db-instance' | 'db-cluster' | 'instance' }
);

/** Something of the environment that would be stopped, but cannot be, or is not to be. @public */
export interface StaysUp {
  arn: string;
  id: string;
  kind: Sleeper['kind'];
  /** One sentence. */
  why: string;
}

/** What a schedule saves by the estimate of the plan that was applied last. Money is decimal text. @public */
export interface SleepSavings {
  monthlyUsd: string;
  /** Day of the prices. */
  pricesOf: string;
  /** 0 to 1, of a usual week. */
  asleepShare: number;
  /** Kinds of thing that are not counted, because one of that kind stays up. */
  leftOut: Sleeper['kind'][];
}

/** What a schedule would stop; a person says yes to exactly this. @public */
export interface SleepPlan {
  /** SHA-256 over the schedule and what is stopped. */
  hash: string;
  stops: Sleeper[];
  stays: StaysUp[];
  /** Absent where nobody estimated the environment. */
  savings?: SleepSavings;
  /** What one agrees to. */
  words: string;
}

/** @public */
export interface ScheduleConsent {
  by: string;
  at: string;
  words: string;
  /** What may be stopped; what came since stays up. */
  arns: string[];
}

/** A person's word against the schedule, until a time. @public */
export interface ScheduleOverride {
  up: boolean;
  until: string;
  by: string;
}

/** The schedule of an environment that has one. @public */
export interface EnvironmentSchedule {
  hours: UpSchedule;
  consent: ScheduleConsent;
  override?: ScheduleOverride;
  /** Why it is not put to sleep or woken though it is time; one sentence. */
  heldUpBy?: string;
}

/** Absent from an environment that is awake. @public */
export interface EnvironmentSleep {
  /** `falling-asleep` and `waking` without a run at work: that run failed, and is made up for. */
  state: 'falling-asleep' | 'asleep' | 'waking';
  since: string;
  runId: string;
  slept: Sleeper[];
  /** When a sleep or a wake that failed is tried again. */
  retryAt?: string;
}

/** The longest one can keep an environment awake by one click, in hours. @public */
export const MAX_AWAKE_HOURS = 24;

/** @public */
export const upScheduleSchema = z
  .strictObject({
    timeZone: z.string().max(100),
    weekdays: z.array(z.number()).max(7),
    from: z.string().max(5),
    until: z.string().max(5),
    holidays: z.array(z.string().max(10)).max(400),
  })
  .superRefine((schedule, ctx) => {
    const message = checkSchedule(schedule);
    if (message) {
      ctx.addIssue({ code: 'custom', message });
    }
  });

/** @public */
export const sleepPlanRequestSchema = z.strictObject({
  hours: upScheduleSchema,
});

/** @public */
export const setScheduleSchema = z.strictObject({
  hours: upScheduleSchema,
  planHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'A plan hash has 64 hex digits.'),
});

/** @public */
export const wakeRequestSchema = z.strictObject({
  hours: z.number().int().min(1).max(MAX_AWAKE_HOURS).default(4),
});

/**
 * The HTTP API of schedules; each method says its route. To set, remove, wake or put to sleep takes the right to schedule.
 * @public
 */
export interface ScheduleApi {
  /** POST /environments/:id/sleep-plan { hours } → SleepPlan; changes nothing. */
  planSleep(environmentId: string, hours: UpSchedule): Promise<SleepPlan>;
  /** PUT /environments/:id/schedule { hours, planHash } → Environment; a conflict where another would be stopped by now. */
  setSchedule(
    environmentId: string,
    request: { hours: UpSchedule; planHash: string },
  ): Promise<Environment>;
  /** DELETE /environments/:id/schedule → Environment; what sleeps is woken. */
  removeSchedule(environmentId: string): Promise<Environment>;
  /** POST /environments/:id/wake { hours } → Environment, which is kept awake for these hours. */
  wakeNow(environmentId: string, hours: number): Promise<Environment>;
  /** POST /environments/:id/sleep → Environment, which sleeps until its schedule wakes it next. */
  sleepNow(environmentId: string): Promise<Environment>;
}

/** Whether an environment is meant to be up: by a person's word while it holds, else by its schedule. @public */
export function isWantedUp(
  { schedule, expiresAt }: Pick<Environment, 'schedule' | 'expiresAt'>,
  now: Date,
): boolean {
  // It cannot be destroyed asleep: AWS refuses to delete a database cluster that is stopped.
  if (!schedule || (expiresAt && Date.parse(expiresAt) <= now.getTime())) {
    return true;
  }
  const { override, hours } = schedule;
  return override && Date.parse(override.until) > now.getTime()
    ? override.up
    : isUp(hours, now);
}

/** When the schedule next wakes it after a time; undefined where it never does. @public */
export function nextWake(hours: UpSchedule, at: Date): Date | undefined {
  const change = nextChange(hours, at);
  return change && !isUp(hours, change) ? nextChange(hours, change) : change;
}

/** When an environment next goes to sleep or wakes by itself, as things stand; undefined where it does not. @public */
export function nextTurn(
  environment: Pick<Environment, 'schedule' | 'expiresAt'>,
  now: Date,
): { up: boolean; at: string } | undefined {
  const { schedule, expiresAt } = environment;
  if (!schedule || (expiresAt && Date.parse(expiresAt) <= now.getTime())) {
    return undefined;
  }
  const { hours, override } = schedule;
  const up = isWantedUp(environment, now);
  const until = override && new Date(override.until);
  const from = until && until > now ? until : now;
  const at = isUp(hours, from) === up ? nextChange(hours, from) : from;
  return at && { up: !up, at: at.toISOString() };
}

/** What is due of an environment. @public */
export type SleepDue = 'sleep' | 'wake' | 'look' | undefined;

/** AWS starts a database again by itself after seven days; so often it is looked for that. */
const LOOK_EVERY_MS = 60 * 60_000;

/**
 * What is due at a time. It does not ask whether the environment is free: whoever acts does, under its lock.
 *
 * @param lookedAt - when it was last seen that what sleeps still does.
 * @public
 */
export function sleepDue(
  environment: Pick<Environment, 'schedule' | 'expiresAt' | 'sleep' | 'status'>,
  lookedAt: Date | undefined,
  now: Date,
): SleepDue {
  const { sleep, status } = environment;
  // Of what failed: a sleep that failed keeps nobody from waking, nor a wake from sleeping.
  const waitsWith =
    sleep?.retryAt &&
    Date.parse(sleep.retryAt) > now.getTime() &&
    (sleep.state === 'waking' ? 'wake' : 'sleep');
  if (isWantedUp(environment, now)) {
    return sleep && waitsWith !== 'wake' ? 'wake' : undefined;
  }
  if (sleep?.state === 'asleep') {
    return !lookedAt || now.getTime() - lookedAt.getTime() >= LOOK_EVERY_MS
      ? 'look'
      : undefined;
  }
  return status === 'ready' && waitsWith !== 'sleep' ? 'sleep' : undefined;
}

/**
 * What is to be stopped, with the sizes to go back to. What was stopped by the portal before keeps what is remembered of
 * it, whatever its size is by now: an autoscaler may have asked for nodes since.
 *
 * @public
 */
export function remember(
  before: readonly Sleeper[],
  found: readonly Sleeper[],
): Sleeper[] {
  return found.map(each => before.find(({ arn }) => arn === each.arn) ?? each);
}
