import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type {
  DriftDetection,
  DriftReport,
} from '@slipway/plugin-infra-scaffolder-common';
import type { EnvironmentPermissionQuery } from '@slipway/plugin-infra-scaffolder-node';
import type { Knex } from 'knex';
import { applyPermissionFilter } from '../database/listEnvironments';
import {
  ENDED_STATUSES,
  TABLES,
  type EnvironmentRow,
} from '../database/tables';
import {
  DRIFT_TABLES,
  type DriftDetectionRow,
  type DriftReportRow,
} from './tables';
import type {
  DriftClaim,
  DriftOutcome,
  DriftStore,
  StoredReport,
} from './types';

const MOST_DETECTIONS = 100;

/** A report holds for as long as no run was started after it. */
const IS_OF_LAST_RUN =
  'environments.drift_run_id IS NOT DISTINCT FROM environments.last_run_id';

type JoinedRow = DriftReportRow &
  Pick<
    EnvironmentRow,
    'id' | 'name' | 'owner' | 'last_run_id' | 'active_run_id' | 'updated_at'
  > & { drift_run_id: string | null };

function reportOf(row: JoinedRow, now: Date): StoredReport {
  const isClaimed = row.claimed_until !== null && row.claimed_until > now;
  const isOld = row.drift_run_id !== row.last_run_id && !row.active_run_id;
  const report: DriftReport = {
    environmentId: row.id,
    state: row.state,
    ...(row.reason && { reason: row.reason }),
    ...(row.checked_at && { checkedAt: row.checked_at.toISOString() }),
    ...row.body,
  };
  if (isClaimed) {
    report.state = 'checking';
    report.reason = 'A check is at work.';
  } else if (isOld) {
    report.state = 'unknown';
    report.reason = 'A run has worked on it since it was last checked.';
  }
  return { report, isClaimed, inSyncAt: row.in_sync_at ?? undefined };
}

export class DatabaseDriftStore implements DriftStore {
  readonly #knex: Knex;

  static create(knex: Knex): DatabaseDriftStore {
    return new DatabaseDriftStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async find(environmentId: string): Promise<StoredReport | undefined> {
    const row: JoinedRow | undefined = await this.#joined()
      .where('environments.id', environmentId)
      .first();
    return row && reportOf(row, new Date());
  }

  async due(options: {
    engines: string[];
    now: Date;
    limit: number;
  }): Promise<string[]> {
    const { engines, now, limit } = options;
    const rows = await this.#knex(TABLES.environments)
      .leftJoin(
        DRIFT_TABLES.reports,
        'environments.id',
        'drift_reports.environment_id',
      )
      .where('environments.status', 'ready')
      .whereNull('environments.active_run_id')
      .whereIn('environments.engine', engines)
      .where(free =>
        free
          .whereNull('drift_reports.claimed_until')
          .orWhere('drift_reports.claimed_until', '<=', now),
      )
      .where(due =>
        due
          .whereNull('drift_reports.next_at')
          .orWhere('drift_reports.next_at', '<=', now)
          .orWhereRaw(`NOT (${IS_OF_LAST_RUN})`),
      )
      .orderByRaw('drift_reports.next_at ASC NULLS FIRST, environments.id')
      .limit(limit)
      .select('environments.id');
    return rows.map(({ id }) => id);
  }

  async claim(claim: DriftClaim, until: Date): Promise<boolean> {
    const { id, environmentId, startedAt } = claim;
    const claimed = { claim_id: id, claimed_until: until };
    const rows = await this.#knex(DRIFT_TABLES.reports)
      .insert({
        environment_id: environmentId,
        state: 'unknown',
        reason: 'It was never checked.',
        next_at: startedAt,
        body: { findings: [], explained: [], unchecked: [] },
        ...claimed,
      })
      .onConflict('environment_id')
      .merge(claimed)
      .where(free =>
        free
          .whereNull('drift_reports.claimed_until')
          .orWhere('drift_reports.claimed_until', '<=', startedAt),
      )
      .returning('environment_id');
    return rows.length > 0;
  }

  async finish(
    claim: DriftClaim,
    outcome: DriftOutcome,
    { endedAt, nextAt }: { endedAt: Date; nextAt: Date },
  ): Promise<boolean> {
    const { environmentId, startedAt } = claim;
    const { state, reason = null, findings, explained, unchecked } = outcome;
    return this.#knex.transaction(async tx => {
      const environment = await tx<EnvironmentRow>(TABLES.environments)
        .where('id', environmentId)
        .forUpdate()
        .first('active_run_id', 'last_run_id');
      const own = () =>
        tx<DriftReportRow>(DRIFT_TABLES.reports).where({
          environment_id: environmentId,
          claim_id: claim.id,
        });
      const free = { claimed_until: null, claim_id: null };
      if (
        !environment ||
        environment.active_run_id ||
        (environment.last_run_id ?? undefined) !== claim.runId
      ) {
        await own().update(free);
        return false;
      }
      const written = await own().update({
        ...free,
        state,
        reason,
        checked_at: startedAt,
        next_at: nextAt,
        body: { findings, explained, unchecked },
        ...(state === 'in_sync' && { in_sync_at: startedAt }),
      });
      if (written === 0) {
        return false;
      }
      await tx(TABLES.environments).where('id', environmentId).update({
        drift_state: state,
        drift_at: startedAt,
        drift_resources: findings.length,
        drift_run_id: environment.last_run_id,
      });
      await this.#addDetection(tx, claim, outcome, endedAt);
      return true;
    });
  }

  async detections(environmentId: string): Promise<DriftDetection[]> {
    const rows = await this.#knex<DriftDetectionRow>(DRIFT_TABLES.detections)
      .where('environment_id', environmentId)
      .orderBy('started_at', 'desc')
      .limit(MOST_DETECTIONS);
    return rows.map(row => ({
      id: row.id,
      startedAt: row.started_at.toISOString(),
      endedAt: row.ended_at.toISOString(),
      ...(row.actor && { actor: row.actor }),
      state: row.state,
      ...(row.reason && { reason: row.reason }),
      findings: row.findings.items,
    }));
  }

  async fleet(filter?: PermissionCriteria<EnvironmentPermissionQuery>) {
    const visible = (query: Knex.QueryBuilder) => {
      query.whereNotIn('environments.status', ENDED_STATUSES);
      if (filter) {
        query.where(inner => applyPermissionFilter(inner, filter));
      }
    };
    const now = new Date();
    const [rows, counted] = await Promise.all([
      this.#joined()
        .where(visible)
        .where('drift_reports.state', 'drifted')
        .whereRaw(IS_OF_LAST_RUN) as Promise<JoinedRow[]>,
      this.#knex(TABLES.environments)
        .where(visible)
        .groupBy('state')
        .select({
          state: this.#knex.raw(
            `CASE WHEN drift_state IS NULL THEN 'unchecked'
              WHEN ${IS_OF_LAST_RUN} THEN drift_state ELSE 'unknown' END`,
          ),
        })
        .count<Array<{ state: string; count: string }>>({ count: '*' }),
    ]);
    return {
      drifted: rows.map(row => ({
        environment: { id: row.id, name: row.name, owner: row.owner },
        report: reportOf(row, now).report,
      })),
      counts: Object.fromEntries(
        counted.map(({ state, count }) => [state, Number(count)]),
      ),
    };
  }

  #joined() {
    return this.#knex(DRIFT_TABLES.reports)
      .join(
        TABLES.environments,
        'environments.id',
        'drift_reports.environment_id',
      )
      .select(
        'drift_reports.*',
        'environments.id',
        'environments.name',
        'environments.owner',
        'environments.last_run_id',
        'environments.active_run_id',
        'environments.drift_run_id',
      );
  }

  async #addDetection(
    tx: Knex.Transaction,
    claim: DriftClaim,
    { state, reason, findings }: DriftOutcome,
    endedAt: Date,
  ): Promise<void> {
    const table = () => tx<DriftDetectionRow>(DRIFT_TABLES.detections);
    await table().insert({
      id: claim.id,
      environment_id: claim.environmentId,
      started_at: claim.startedAt,
      ended_at: endedAt,
      actor: claim.actor ?? null,
      state,
      reason: reason ?? null,
      findings: { items: findings },
    });
    await table()
      .where('environment_id', claim.environmentId)
      .whereNotIn(
        'id',
        table()
          .where('environment_id', claim.environmentId)
          .orderBy('started_at', 'desc')
          .limit(MOST_DETECTIONS)
          .select('id'),
      )
      .delete();
  }
}
