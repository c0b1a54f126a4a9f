import { formatCount, formatMoney, joinWords, type Health } from '@slipway/ui';
import type {
  FleetDriftState,
  FleetEnvironment,
  FleetFacet,
  FleetTotals,
} from '@slipway/plugin-infra-scaffolder-common';
import { nameOfRef, wordOfStatus } from '../shared/words';

const HOUR_MS = 3_600_000;

/** What each facet is called on the page. */
export const FACET_TITLES: Record<FleetFacet, string> = {
  owner: 'Owner',
  system: 'System',
  size: 'Stage',
  account: 'Account',
  region: 'Region',
  status: 'Status',
  sleep: 'Sleep',
  expiry: 'Expiry',
  drift: 'Drift',
  blueprint: 'Blueprint',
  version: 'Version',
  engine: 'Engine',
};

const EXPIRY_WORDS: Record<string, string> = {
  expired: 'Past its end',
  day: 'Within a day',
  week: 'Within a week',
  month: 'Within 30 days',
  later: 'Later',
  never: 'Never',
};

const SLEEP_WORDS: Record<string, string> = {
  asleep: 'Asleep',
  scheduled: 'Awake, on a schedule',
  always: 'Up all the time',
};

const VERSION_WORDS: Record<string, string> = {
  newest: 'Newest',
  outdated: 'Newer one available',
};

const DRIFT: Record<FleetDriftState, { health: Health; word: string }> = {
  in_sync: { health: 'healthy', word: 'In sync' },
  drifted: { health: 'attention', word: 'Drifted' },
  checking: { health: 'working', word: 'Checking' },
  unknown: { health: 'unknown', word: 'Unknown' },
  unchecked: { health: 'unknown', word: 'Not checked' },
};

/** Whether an environment is as it was applied, in a word. */
export function wordOfDrift(state: FleetDriftState): {
  health: Health;
  word: string;
} {
  return DRIFT[state] ?? DRIFT.unknown;
}

/** Whether an environment sleeps, in a word. */
export function sleepWord({ sleep }: Pick<FleetEnvironment, 'sleep'>): string {
  switch (sleep?.state) {
    case 'falling-asleep':
      return 'Falling asleep';
    case 'waking':
      return 'Waking up';
    default:
      return sleep ? 'Asleep' : 'Awake';
  }
}

/** When it sleeps or wakes next, where the reader is: `wakes Thu 07:00`. */
export function turnWords({
  up,
  at,
}: NonNullable<FleetEnvironment['nextTurn']>): string {
  const time = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(new Date(at));
  return `${up ? 'wakes' : 'sleeps'} ${time.replace(',', '')}`;
}

/** What a value of a facet is called. */
export function labelOfFacet(facet: FleetFacet, value: string): string {
  switch (facet) {
    case 'owner':
    case 'system':
      return nameOfRef(value);
    case 'status':
      return wordOfStatus(value as FleetEnvironment['status']).word;
    case 'expiry':
      return EXPIRY_WORDS[value] ?? value;
    case 'sleep':
      return SLEEP_WORDS[value] ?? value;
    case 'version':
      return VERSION_WORDS[value] ?? value;
    case 'drift':
      return wordOfDrift(value as FleetDriftState).word;
    case 'engine':
      return value === 'cdk' ? 'CDK' : 'Terraform';
    default:
      return value;
  }
}

/**
 * When something ends, by its largest unit: `in 3 days`, `in 5 h`, `2 days ago`.
 *
 * @param nowMs - the time of reading, milliseconds since 1970.
 */
export function expiryWords(
  expiresAt: string,
  nowMs: number,
): { health: Health | undefined; words: string } {
  const leftMs = Date.parse(expiresAt) - nowMs;
  const hours = Math.abs(leftMs) / HOUR_MS;
  const length =
    hours >= 48
      ? formatCount(Math.floor(hours / 24), 'day')
      : `${Math.max(1, Math.floor(hours))} h`;
  if (leftMs <= 0) {
    return { health: 'failing', words: `${length} ago` };
  }
  return {
    health: hours <= 72 ? 'attention' : undefined,
    words: `in ${length}`,
  };
}

/** `5,000 environments at $12,000.00 a month: 3 failed, 12 drifted and 40 on an older blueprint.` */
export function fleetSentence(totals: FleetTotals): {
  health: Health;
  sentence: string;
} {
  const { environments, monthlyUsd, unpriced, failed, working } = totals;
  if (environments === 0) {
    return { health: 'unknown', sentence: 'No environment is in sight.' };
  }
  const parts: Array<[number, string]> = [
    [failed, 'failed'],
    [working, 'at work'],
    [totals.drifted, 'drifted'],
    [
      totals.expiring,
      totals.expiring === 1
        ? 'ends within three days'
        : 'end within three days',
    ],
    [totals.outdated, 'on an older blueprint'],
  ];
  const said = parts.flatMap(([count, word]) =>
    count > 0 ? [`${count.toLocaleString('en-US')} ${word}`] : [],
  );
  const cost =
    unpriced === environments
      ? ''
      : ` at ${formatMoney(Number(monthlyUsd))} a month${
          unpriced > 0
            ? ` (${unpriced.toLocaleString('en-US')} without an estimate)`
            : ''
        }`;
  return {
    health: healthOf(totals),
    sentence: `${formatCount(environments, 'environment')}${cost}${
      said.length > 0 ? `: ${joinWords(said)}` : ', all as they should be'
    }.`,
  };
}

function healthOf({ failed, working, drifted, expiring }: FleetTotals): Health {
  if (failed > 0) {
    return 'failing';
  }
  if (drifted > 0 || expiring > 0) {
    return 'attention';
  }
  return working > 0 ? 'working' : 'healthy';
}
