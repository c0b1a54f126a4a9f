import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { JsonObject } from '@backstage/types';
import type { Plan } from '@slipway/plugin-infra-scaffolder-common';
import type { PlannedArtifact } from '@slipway/plugin-infra-scaffolder-node';
import type { Knex } from 'knex';
import { TABLES, type PlanRow } from './tables';
import type { PlanStore, StoredPlan } from './types';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

type PlanBody = Pick<
  Plan,
  'changes' | 'warnings' | 'estimate' | 'findings' | 'approval' | 'expiry'
> & {
  artifact: PlannedArtifact;
  basis: JsonObject;
};

/**
 * Plans by run and hash. What is planned is never changed: a step that runs twice, or a process that lost its lease, can only add
 * the same plan again or one that nobody refers to, because the run's journal says which hash is meant.
 */
export class DatabasePlanStore implements PlanStore {
  readonly #knex: Knex;

  static create(knex: Knex): DatabasePlanStore {
    return new DatabasePlanStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async insert({ plan, artifact, basis }: StoredPlan): Promise<void> {
    const body: PlanBody = {
      changes: plan.changes,
      warnings: plan.warnings,
      estimate: plan.estimate,
      findings: plan.findings,
      approval: plan.approval,
      expiry: plan.expiry,
      artifact,
      basis,
    };
    await this.#knex<PlanRow>(TABLES.plans)
      .insert({
        run_id: plan.runId,
        hash: plan.hash,
        environment_id: plan.environmentId,
        operation: plan.operation,
        created_at: new Date(plan.createdAt),
        body: await compress(JSON.stringify(body)),
      })
      .onConflict(['run_id', 'hash'])
      .ignore();
  }

  async find(runId: string, hash: string): Promise<StoredPlan | undefined> {
    const row = await this.#knex<PlanRow>(TABLES.plans)
      .where({ run_id: runId, hash })
      .first();
    return row && this.#read(row);
  }

  async newest(runId: string): Promise<StoredPlan | undefined> {
    const row = await this.#knex<PlanRow>(TABLES.plans)
      .where({ run_id: runId })
      .orderBy('created_at', 'desc')
      .first();
    return row && this.#read(row);
  }

  async setApplyAttempt(
    runId: string,
    hash: string,
    attempt: number | null,
    tx?: Knex.Transaction,
  ): Promise<void> {
    await (tx ?? this.#knex)<PlanRow>(TABLES.plans)
      .where({ run_id: runId, hash })
      .update({ apply_attempt: attempt });
  }

  async hasBegun(runId: string, tx: Knex.Transaction): Promise<boolean> {
    const row = await tx<PlanRow>(TABLES.plans)
      .where({ run_id: runId })
      .whereNotNull('apply_attempt')
      .first('hash');
    return row !== undefined;
  }

  async #read(row: PlanRow): Promise<StoredPlan> {
    const { artifact, basis, ...told }: PlanBody = JSON.parse(
      (await decompress(row.body)).toString('utf8'),
    );
    return {
      plan: {
        id: row.hash.slice(0, 12),
        hash: row.hash,
        runId: row.run_id,
        environmentId: row.environment_id,
        operation: row.operation,
        createdAt: row.created_at.toISOString(),
        ...told,
      },
      artifact,
      basis,
      ...(row.apply_attempt !== null && { applyAttempt: row.apply_attempt }),
    };
  }
}
