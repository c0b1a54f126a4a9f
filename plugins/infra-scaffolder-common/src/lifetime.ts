const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long the environments of a stage live. Days are 24 hours; all is UTC, so no clock change moves an end. @public */
export interface LifetimeRule {
  defaultDays: number;
  maxDays: number;
}

/** The rules of a portal. @public */
export interface LifetimeRules {
  /** By size; a size that is not here knows no end. */
  sizes: Record<string, LifetimeRule>;
  /** Accounts that are production as a whole: nothing in them ends by itself. */
  endlessAccountIds: string[];
}

/** What a person agreed to who created or extended an environment. @public */
export interface ExpiryConsent {
  by: string;
  at: string;
  words: string;
}

/** What is known of the end of an environment that has one. @public */
export interface EnvironmentExpiry {
  /** When the end was set: at creation, or at the last extension. */
  setAt: string;
  consent: ExpiryConsent;
  /** Why it is not destroyed though its end has passed; one sentence. */
  heldUpBy?: string;
  /** When a destroy that failed is tried again. */
  retryAt?: string;
}

/** What a plan makes of an environment's end: none where `at` is absent. @public */
export interface PlannedExpiry {
  at?: string;
  /** What one agrees to by confirming the plan. */
  words: string;
}

/** Who destroys what has reached its end. @public */
export const EXPIRY_ACTOR = 'portal:expiry';

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

/** The rule for an environment; nothing where it does not end by itself. @public */
export function lifetimeRuleOf(
  rules: LifetimeRules,
  { accountId, size }: { accountId?: string; size: string },
): LifetimeRule | undefined {
  return Object.hasOwn(rules.sizes, size) &&
    !(accountId && rules.endlessAccountIds.includes(accountId))
    ? rules.sizes[size]
    : undefined;
}

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

/**
 * The end of an environment whose size changes: the default of the new stage where it had none, else what it had, but
 * no later than the new stage allows.
 *
 * @public
 */
export function expiryAfterResize(
  expiresAt: string | undefined,
  rule: LifetimeRule | undefined,
  now: Date,
): string | undefined {
  if (!rule || expiresAt === undefined) {
    return defaultExpiry(rule, now);
  }
  const latest = latestExpiry(rule, now);
  return Date.parse(expiresAt) < Date.parse(latest) ? expiresAt : latest;
}

/** What is wrong with an end somebody asks for, and how to mend it; nothing where it is right. @public */
export function checkExpiry(
  expiresAt: string,
  rule: LifetimeRule | undefined,
  now: Date,
): string | undefined {
  if (!rule) {
    return 'Such environments do not end by themselves; leave the end out.';
  }
  const end = Date.parse(expiresAt);
  if (Number.isNaN(end)) {
    return `"${expiresAt}" is not a time; write it like ${latestExpiry(
      rule,
      now,
    )}.`;
  }
  if (end < addDays(now, MIN_LIFETIME_DAYS).getTime()) {
    return 'That is less than one day away; choose a later time, so that there is one for a warning.';
  }
  const latest = latestExpiry(rule, now);
  return end > Date.parse(latest)
    ? `That is more than ${rule.maxDays} days away; choose ${latest
        .slice(0, 16)
        .replace('T', ' ')} UTC or earlier. It can be extended later.`
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
 * When the environment may be destroyed: at its end, and never before its newest warning has been out for as long as the
 * last one leads. Nothing while no warning of this end is out: a portal that slept through the end warns first.
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
  return new Date(Math.max(end, ...sent.map(at => at + graceMs))).toISOString();
}

/** Minutes until an expiry that failed is tried again: 15, doubled each time, a day at most. @public */
export function retryAfterMinutes(failures: number): number {
  return Math.min(15 * 2 ** Math.max(0, failures - 1), 24 * 60);
}
