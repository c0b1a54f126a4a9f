import type {
  FleetEnvironment,
  FleetFacet,
} from '@slipway/plugin-infra-scaffolder-common';
import { randomUUID } from 'node:crypto';
import { MAYA } from './portal';

export const HOUR_MS = 3_600_000;
export const OWNERS = ['group:default/storefront', 'group:default/payments'];
const SYSTEMS = ['shop', 'ledger', 'records'].map(s => `system:default/${s}`);
const STATUSES = ['ready', 'ready', 'updating', 'failed', 'destroyed'];
const VERSIONS = ['1.0.0', '0.9.0', '0.10.0'];
/** Hours until the end, none, and one that is past. */
const ENDS = [undefined, -2, 5, 100, 24 * 20, 24 * 90];
const DRIFTS = [undefined, 'in_sync', 'drifted', 'stale'] as const;
const COSTS = [undefined, '0.10', '0.20', '1234567.89', '300.00'];

const at = <T>(list: readonly T[], index: number) => list[index % list.length];

/** Up for an hour of each Monday. */
const SCHEDULE = {
  hours: {
    timeZone: 'UTC',
    weekdays: [1],
    from: '08:00',
    until: '09:00',
    holidays: [],
  },
  consent: { by: MAYA, at: '2026-11-20T10:00:00.000Z', words: '', arns: [] },
};

/** Rows that differ in everything the fleet looks at, each value in company with many others. */
export function rowOf(index: number, now: number) {
  const status = at(STATUSES, Math.floor(index / 2));
  const drift = at(DRIFTS, Math.floor(index / 3));
  const ends = at(ENDS, index);
  const cost = at(COSTS, Math.floor(index / 7));
  const created = new Date(now - (index % 40) * HOUR_MS);
  return {
    id: randomUUID(),
    name: `env-${String(index * 7919).padStart(7, '0')}`,
    owner: at(OWNERS, index),
    system: at(SYSTEMS, index),
    account_id: at(['123456789012', '210987654321'], Math.floor(index / 5)),
    region: at(['us-east-1', 'us-west-2'], Math.floor(index / 3)),
    size: at(['dev', 'prod'], Math.floor(index / 4)),
    cidr: `10.${Math.floor(index / 16)}.${(index % 16) * 16}.0/20`,
    engine: at(['cdk', 'terraform'], Math.floor(index / 11)),
    blueprint_id: at(['shop-platform', 'unknown-platform'], index),
    blueprint_version: at(VERSIONS, index),
    parameters: { big: 'x'.repeat(500) },
    status,
    created_by: MAYA,
    created_at: created,
    updated_at: created,
    outputs: { items: [] },
    engine_state: {},
    last_run_id: 'run-1',
    ...(status === 'updating' && {
      active_run_id: 'run-1',
      active_operation: 'update',
      active_started_by: MAYA,
      active_since: created,
    }),
    expires_at: ends === undefined ? null : new Date(now + ends * HOUR_MS),
    monthly_estimate_usd: cost ?? null,
    estimate_prices_of: cost ? '2026-11-01' : null,
    estimate_plan_id: cost ? 'abc' : null,
    schedule: index % 6 === 3 ? SCHEDULE : null,
    ...(index % 6 === 5 && {
      sleep_state: 'asleep',
      sleep_since: created,
      sleep_run_id: 'run-2',
    }),
    drift_state: drift === 'stale' ? 'in_sync' : drift ?? null,
    drift_at: drift ? created : null,
    drift_resources: drift === 'drifted' ? 2 : 0,
    drift_run_id: drift === 'stale' ? 'run-0' : 'run-1',
  };
}

function expiryOf(environment: FleetEnvironment, now: number): string {
  if (!environment.expiresAt) {
    return 'never';
  }
  const hours = (Date.parse(environment.expiresAt) - now) / HOUR_MS;
  const steps: Array<[number, string]> = [
    [0, 'expired'],
    [24, 'day'],
    [24 * 7, 'week'],
    [24 * 30, 'month'],
  ];
  return steps.find(([most]) => hours <= most)?.[1] ?? 'later';
}

/** The facets of an environment as the page shows it, told anew in JavaScript. */
export function facetsOf(
  environment: FleetEnvironment,
  now: number,
): Record<FleetFacet, string> {
  return {
    owner: environment.owner,
    system: environment.system,
    size: environment.size,
    account: environment.accountId,
    region: environment.region,
    status: environment.status,
    sleep: environment.sleep
      ? 'asleep'
      : (environment.nextTurn && 'scheduled') ?? 'always',
    expiry: expiryOf(environment, now),
    drift: environment.drift?.state ?? 'unchecked',
    blueprint: environment.blueprint.id,
    version: environment.newerVersion ? 'outdated' : 'newest',
    engine: environment.engine,
  };
}
