import type {
  Approval,
  ApprovalState,
  Operation,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Knex } from 'knex';
import { TABLES } from '../database/tables';
import type { ApprovalStore, Decision, NewApproval, Revocation } from './types';

interface ApprovalRow {
  run_id: string;
  plan_hash: string;
  environment_id: string;
  run_title: string;
  operation: Operation;
  authors: string[];
  reasons: string[];
  requested_at: Date;
  expires_at: Date;
  state: Exclude<ApprovalState, 'lapsed'>;
  decided_by: string | null;
  decided_at: Date | null;
  comment: string | null;
  revoked_by: string | null;
  revoked_at: Date | null;
  used_at: Date | null;
}

type NamedRow = ApprovalRow & { environment_name: string };

/** Nobody writes that a request has lapsed: the time says so. */
function approvalOf(row: NamedRow, now: Date): Approval {
  return {
    runId: row.run_id,
    planHash: row.plan_hash,
    environmentId: row.environment_id,
    environmentName: row.environment_name,
    operation: row.operation,
    runTitle: row.run_title,
    authors: row.authors,
    reasons: row.reasons,
    requestedAt: row.requested_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    state:
      row.state === 'waiting' && row.expires_at <= now ? 'lapsed' : row.state,
    decidedBy: row.decided_by ?? undefined,
    decidedAt: row.decided_at?.toISOString(),
    comment: row.comment ?? undefined,
    revokedBy: row.revoked_by ?? undefined,
    revokedAt: row.revoked_at?.toISOString(),
    usedAt: row.used_at?.toISOString(),
  };
}

export class DatabaseApprovalStore implements ApprovalStore {
  readonly #knex: Knex;

  static create(knex: Knex): DatabaseApprovalStore {
    return new DatabaseApprovalStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async ask(approval: NewApproval, at: Date): Promise<void> {
    await this.#knex<ApprovalRow>(TABLES.approvals)
      .insert({
        run_id: approval.runId,
        plan_hash: approval.planHash,
        environment_id: approval.environmentId,
        run_title: approval.runTitle,
        operation: approval.operation,
        authors: this.#json(approval.authors),
        reasons: this.#json(approval.reasons),
        requested_at: at,
        expires_at: new Date(approval.expiresAt),
        state: 'waiting',
      })
      .onConflict(['run_id', 'plan_hash'])
      .ignore();
  }

  async find(
    runId: string,
    planHash: string,
    now: Date,
  ): Promise<Approval | undefined> {
    const row: NamedRow | undefined = await this.#named()
      .where({ run_id: runId, plan_hash: planHash })
      .first();
    return row && approvalOf(row, now);
  }

  async list(state: ApprovalState | undefined, now: Date): Promise<Approval[]> {
    const of = (column: keyof ApprovalRow) => `${TABLES.approvals}.${column}`;
    const query = this.#named().orderBy(of('requested_at'), 'desc').limit(500);
    if (state === 'lapsed') {
      query.where(of('state'), 'waiting').where(of('expires_at'), '<=', now);
    } else if (state === 'waiting') {
      query.where(of('state'), 'waiting').where(of('expires_at'), '>', now);
    } else if (state) {
      query.where(of('state'), state);
    }
    const rows: NamedRow[] = await query;
    return rows.map(row => approvalOf(row, now));
  }

  async decide({ runId, planHash, state, by, comment, at }: Decision) {
    const changed = await this.#knex<ApprovalRow>(TABLES.approvals)
      .where({ run_id: runId, plan_hash: planHash, state: 'waiting' })
      .where('expires_at', '>', at)
      .update({
        state,
        decided_by: by,
        decided_at: at,
        comment: comment ?? null,
      });
    return changed === 1;
  }

  async revoke({ runId, planHash, by, comment, at }: Revocation) {
    const changed = await this.#knex<ApprovalRow>(TABLES.approvals)
      .where({ run_id: runId, plan_hash: planHash, state: 'approved' })
      .whereNull('used_at')
      .update({ state: 'revoked', revoked_by: by, revoked_at: at, comment });
    return changed === 1;
  }

  async use(runId: string, planHash: string, at: Date): Promise<boolean> {
    const changed = await this.#knex<ApprovalRow>(TABLES.approvals)
      .where({ run_id: runId, plan_hash: planHash, state: 'approved' })
      .update({ used_at: this.#knex.raw('coalesce(used_at, ?)', [at]) });
    return changed === 1;
  }

  async withdraw(runId: string): Promise<void> {
    await this.#knex<ApprovalRow>(TABLES.approvals)
      .where({ run_id: runId, state: 'waiting' })
      .update({ state: 'withdrawn' });
  }

  #named() {
    return this.#knex(TABLES.approvals)
      .join(
        TABLES.environments,
        `${TABLES.environments}.id`,
        `${TABLES.approvals}.environment_id`,
      )
      .select(
        `${TABLES.approvals}.*`,
        `${TABLES.environments}.name as environment_name`,
      );
  }

  /** The driver would write a list as an array of PostgreSQL's. */
  #json(list: string[]) {
    return JSON.stringify(list) as unknown as string[];
  }
}
