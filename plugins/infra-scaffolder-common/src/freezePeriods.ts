/** A time in which nothing is applied to what it covers. @public */
export interface FreezePeriod {
  id: string;
  /** e.g. `Black Friday`. */
  title: string;
  /** ISO 8601, UTC; the first moment in which it holds. */
  from: string;
  /** ISO 8601, UTC; the first moment in which it does not hold any more. */
  until: string;
  /** What it covers; an empty list covers all. An environment is covered when each list covers it. */
  scope: FreezeScope;
  createdBy: string;
  /** Given by configuration: nobody changes it in the portal. */
  isConfigured?: boolean;
}

/** @public */
export interface FreezeScope {
  accountIds: string[];
  /** Sizes of environments, e.g. `prod`. */
  sizes: string[];
  /** Entity references. */
  systems: string[];
}

/** What of an environment decides whether a period covers it. @public */
export interface Freezable {
  accountId: string;
  size: string;
  system: string;
}

/** What keeps applies away now, and what soon will. @public */
export interface FreezeOutlook {
  /** In force, the one that ends last first. */
  now: FreezePeriod[];
  /** Begin within the time looked ahead, the soonest first. */
  soon: FreezePeriod[];
}

/** How far ahead people are told of a freeze: a day. @public */
export const FREEZE_NOTICE_SECONDS = 24 * 60 * 60;

/** @public */
export function covers({ scope }: FreezePeriod, subject: Freezable): boolean {
  const within = (list: string[], value: string) =>
    list.length === 0 || list.includes(value);
  return (
    within(scope.accountIds, subject.accountId) &&
    within(scope.sizes, subject.size) &&
    within(scope.systems, subject.system)
  );
}

/** @public */
export function freezeOutlook(
  periods: readonly FreezePeriod[],
  subject: Freezable,
  at: Date,
  noticeSeconds = FREEZE_NOTICE_SECONDS,
): FreezeOutlook {
  const now = at.getTime();
  const covering = periods.filter(period => covers(period, subject));
  const time = (text: string) => new Date(text).getTime();
  return {
    now: covering
      .filter(({ from, until }) => time(from) <= now && now < time(until))
      .sort((a, b) => time(b.until) - time(a.until)),
    soon: covering
      .filter(
        ({ from, until }) =>
          now < time(from) &&
          time(from) - now <= noticeSeconds * 1000 &&
          time(from) < time(until),
      )
      .sort((a, b) => time(a.from) - time(b.from)),
  };
}

/** Names the period and when it ends. @public */
export function freezeRefusal(name: string, period: FreezePeriod): string {
  return `Nothing is applied to ${name} now: the change freeze "${period.title}" holds until ${period.until}.`;
}
