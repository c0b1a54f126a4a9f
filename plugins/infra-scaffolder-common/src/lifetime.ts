const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long the environments of a stage live. Days are 24 hours; all is UTC, so no clock change moves an end. @public */
export interface LifetimeRule {
  defaultDays: number;
  maxDays: number;
}

/** What is known of an environment's end. Times are ISO 8601, UTC. @public */
export interface Lifetime {
  expiresAt: string;
  /** When this end was set: at creation, or at the last extension. */
  setAt: string;
}

/** A warning that went out, or was left out because a later one took its place. @public */
export interface LifetimeWarning {
  /** The end it spoke of; an extension makes a new one, with warnings of its own. */
  expiresAt: string;
  leadHours: number;
  at: string;
}

/** Hours before the end at which the owner is warned. @public */
export const WARNING_LEAD_HOURS = [72, 24, 1] as const;

/** The shortest life one can ask for, in days, so that at least the last warning always goes out. @public */
export const MIN_LIFETIME_DAYS = 1;

const addDays = (from: Date, days: number): Date =>
  new Date(from.getTime() + days * DAY_MS);

/** The end a form offers; nothing where the stage knows no end. @public */
export function defaultExpiry(
  rule: LifetimeRule | undefined,
  now: Date,
): string | undefined {
  return rule && addDays(now, rule.defaultDays).toISOString();
}

/** The latest end one can ask for now: also what a click on Extend sets. @public */
export function latestExpiry(rule: LifetimeRule, now: Date): string {
  return addDays(now, rule.maxDays).toISOString();
}

/** What is wrong with an end somebody asks for, and how to mend it; nothing where it is right. @public */
export function checkExpiry(
  expiresAt: string | undefined,
  rule: LifetimeRule | undefined,
  now: Date,
): string | undefined {
  if (!rule) {
    return expiresAt === undefined
      ? undefined
      : 'Environments of this size do not expire; leave the date out.';
  }
  if (expiresAt === undefined) {
    return `Environments of this size expire; give a date at most ${rule.maxDays} days away.`;
  }
  const end = Date.parse(expiresAt);
  if (Number.isNaN(end)) {
    return `"${expiresAt}" is not a date; write it like ${latestExpiry(
      rule,
      now,
    ).slice(0, 10)}.`;
  }
  if (end < addDays(now, MIN_LIFETIME_DAYS).getTime()) {
    return 'The date is less than one day away; choose a later one, so that there is time for a warning.';
  }
  const latest = latestExpiry(rule, now);
  return end > Date.parse(latest)
    ? `The date is more than ${rule.maxDays} days away; choose ${latest.slice(
        0,
        10,
      )} or earlier. It can be extended later.`
    : undefined;
}

/**
 * The warnings that are to be settled now: `send` goes out, `leaveOut` is only noted, because a later warning says
 * more. After an outage one warning goes out, not three. A warning whose time was past when the end was set is never due.
 *
 * @public
 */
export function warningsDue(
  lifetime: Lifetime,
  settled: readonly LifetimeWarning[],
  now: Date,
): { send?: number; leaveOut: number[] } {
  const end = Date.parse(lifetime.expiresAt);
  const setAt = Date.parse(lifetime.setAt);
  const done = new Set(
    settled
      .filter(warning => Date.parse(warning.expiresAt) === end)
      .map(warning => warning.leadHours),
  );
  const open = WARNING_LEAD_HOURS.filter(lead => {
    const at = end - lead * HOUR_MS;
    return at > setAt && at <= now.getTime();
  }).sort((a, b) => a - b);
  const [last, ...earlier] = open;
  return {
    send: last === undefined || done.has(last) ? undefined : last,
    leaveOut: earlier.filter(lead => !done.has(lead)),
  };
}

/**
 * When the environment may be destroyed: at its end, and never before a warning has been out for as long as the last
 * one leads. Nothing while no warning of this end is out: a portal that slept through the end warns first.
 *
 * @public
 */
export function destroyDueAt(
  lifetime: Lifetime,
  settled: readonly LifetimeWarning[],
): string | undefined {
  const end = Date.parse(lifetime.expiresAt);
  const sent = settled
    .filter(warning => Date.parse(warning.expiresAt) === end)
    .map(warning => Date.parse(warning.at));
  if (sent.length === 0) return undefined;
  const graceMs = Math.min(...WARNING_LEAD_HOURS) * HOUR_MS;
  return new Date(Math.max(end, Math.min(...sent) + graceMs)).toISOString();
}

/** Minutes until an expiry that failed is tried again: 15, doubled each time, a day at most. @public */
export function retryAfterMinutes(failures: number): number {
  return Math.min(15 * 2 ** Math.max(0, failures - 1), 24 * 60);
}
