import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

const TEAMS = ['storefront', 'payments', 'reliability', 'data', 'mobile'];
const SYSTEMS = [
  'microservices-platform',
  'cloud-native',
  'enterprise-platform',
  'high-workload',
  'records-service',
];
const SIZES = ['dev', 'dev', 'staging', 'prod'];
const STATUSES = [...Array(18).fill('ready'), 'failed', 'updating'];
const HOUR_MS = 3_600_000;
const OUTPUTS = 28;

const at = <T>(list: readonly T[], index: number): T =>
  list[index % list.length];

/** A row as wide as a real one: outputs, parameters and engine state are most of it. */
function rowOf(index: number, now: number): Record<string, unknown> {
  const system = at(SYSTEMS, index);
  const size = at(SIZES, Math.floor(index / 5));
  const status = at(STATUSES, Math.floor(index / 3));
  const created = new Date(now - index * 11 * 60_000);
  const isDrifted = index % 17 === 0;
  return {
    id: randomUUID(),
    name: `${system.split('-')[0]}-${size}-${String(index).padStart(4, '0')}`,
    owner: `group:default/${at(TEAMS, Math.floor(index / 7))}`,
    system: `system:default/${system}`,
    account_id: at(['123456789012', '210987654321'], Math.floor(index / 11)),
    region: at(['us-east-1', 'us-west-2', 'eu-central-1'], index),
    size,
    cidr: `${10 + Math.floor(index / 65_536)}.${
      Math.floor(index / 256) % 256
    }.${index % 256}.0/24`,
    engine: at(['cdk', 'terraform'], Math.floor(index / 2)),
    blueprint_id: system,
    blueprint_version: index % 9 === 0 ? '0.9.0' : '1.0.0',
    parameters: JSON.stringify(
      Object.fromEntries(
        Array.from({ length: 20 }, (_, each) => [`parameter${each}`, each]),
      ),
    ),
    status,
    status_reason:
      status === 'failed' ? 'The quota of elastic addresses is used up.' : null,
    created_by: 'user:default/maya',
    created_at: created,
    updated_at: created,
    ready_at: created,
    outputs: JSON.stringify({
      items: Array.from({ length: OUTPUTS }, (_, each) => ({
        key: `Output${each}`,
        title: `Output ${each}`,
        kind: 'arn',
        value: `arn:aws:iam::123456789012:role/slipway-${index}-${each}`,
      })),
    }),
    engine_state: JSON.stringify({ stackName: `slipway-${index}` }),
    last_run_id: 'seeded',
    active_run_id: status === 'updating' ? 'seeded' : null,
    active_operation: status === 'updating' ? 'update' : null,
    active_started_by: status === 'updating' ? 'user:default/maya' : null,
    active_since: status === 'updating' ? created : null,
    monthly_estimate_usd: index % 13 === 0 ? null : (index % 900) + 0.25,
    estimate_prices_of: index % 13 === 0 ? null : '2026-11-01',
    estimate_plan_id: index % 13 === 0 ? null : '0123456789ab',
    expires_at:
      size === 'prod' ? null : new Date(now + ((index % 700) + 2) * HOUR_MS),
    drift_state: index % 5 === 0 ? null : isDrifted ? 'drifted' : 'in_sync',
    drift_at: index % 5 === 0 ? null : created,
    drift_resources: isDrifted ? 1 + (index % 4) : 0,
    drift_run_id: 'seeded',
  };
}

/** Puts environments into the registry of a portal that has none: rows only, nothing stands behind them. */
export async function seedFleet(
  postgresUrl: string,
  count: number,
): Promise<void> {
  const url = new URL(postgresUrl);
  url.pathname = '/slipway_infra-scaffolder';
  const client = new Client({ connectionString: url.href });
  await client.connect();
  try {
    const now = Date.now();
    const columns = Object.keys(rowOf(0, now));
    for (let start = 0; start < count; start += 100) {
      const rows = Array.from(
        { length: Math.min(100, count - start) },
        (_, each) => Object.values(rowOf(start + each, now)),
      );
      await client.query(
        `INSERT INTO environments (${columns.join(', ')}) VALUES ${rows
          .map(
            (row, line) =>
              `(${row
                .map((_, column) => `$${line * row.length + column + 1}`)
                .join(', ')})`,
          )
          .join(', ')}`,
        rows.flat(),
      );
    }
    await client.query('ANALYZE environments');
  } finally {
    await client.end();
  }
}
