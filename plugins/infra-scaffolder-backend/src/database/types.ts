import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type { JsonObject } from '@backstage/types';
import type {
  Activity,
  Environment,
  EnvironmentOutput,
  EnvironmentQuery,
  EnvironmentRequest,
  EnvironmentStatus,
  ExpiryConsent,
  Operation,
  Plan,
} from '@slipway/plugin-infra-scaffolder-common';
import type {
  EnvironmentPermissionQuery,
  PlannedArtifact,
} from '@slipway/plugin-infra-scaffolder-node';
import type { Knex } from 'knex';

/** What a cancelled run left behind, told by its engine. */
export interface Undo {
  runId: string;
  leftInAws: boolean;
  sentence: string;
}

/** When an environment is destroyed by itself, and on whose consent. */
export interface EnvironmentEnd {
  at: Date;
  setAt: Date;
  consent: ExpiryConsent;
}

/** `null` clears, `undefined` leaves as it is. */
export interface EnvironmentPatch {
  status?: EnvironmentStatus;
  statusReason?: string | null;
  readyAt?: Date;
  destroyedAt?: Date;
  size?: string;
  parameters?: JsonObject;
  blueprintVersion?: string;
  outputs?: EnvironmentOutput[];
  engineState?: JsonObject;
  activeRun?: {
    runId: string;
    operation: Operation;
    startedBy: string;
    since: Date;
  } | null;
  freeze?: { by: string; reason: string; since: Date } | null;
  lease?: {
    id: string;
    by: string;
    reason: string;
    since: Date;
    until: Date;
  } | null;
  undo?: Undo | null;
  estimate?: Environment['estimate'] | null;
  /** The environment that is meant by the partner's stack among the parameters. */
  partnerId?: string | null;
  /** Sets it anew: what was known of the old end, e.g. what holds it up, goes with it. */
  end?: EnvironmentEnd | null;
}

/** Who holds a name and a block of addresses. */
export type Holder = Pick<
  Environment,
  'id' | 'name' | 'owner' | 'cidr' | 'accountId'
> & {
  /**
   * Decimal text: what it costs a month by the plan that was applied last, the one that is confirmed, or one whose run
   * failed, whichever is most; null where nobody said.
   */
  monthlyUsd: string | null;
  /** Nothing of it is there yet, and nobody has confirmed that anything shall be. */
  isOnlyPlanned: boolean;
};

/** What the plan of a run comes to that somebody confirmed. */
export interface HeldAmount {
  environmentId: string;
  runId: string;
  /** Decimal text; null where nobody estimated it. */
  monthlyUsd: string | null;
}

/**
 * Amounts that runs hold from their confirmation on. One counts while its run can go on or may have made something: it is
 * the environment's last, or its engine was called.
 */
export interface HeldAmountStore {
  /** @returns whether the run held nothing before. */
  hold(amount: HeldAmount, tx: Knex.Transaction): Promise<boolean>;
  release(
    environmentId: string,
    runId: string,
    tx: Knex.Transaction,
  ): Promise<void>;
  /** Of every run of the environment. */
  releaseAll(environmentId: string, tx: Knex.Transaction): Promise<void>;
}

/** The registry of environments. */
export interface EnvironmentStore {
  transaction<T>(work: (tx: Knex.Transaction) => Promise<T>): Promise<T>;
  list(
    query: EnvironmentQuery,
    filter?: PermissionCriteria<EnvironmentPermissionQuery>,
  ): Promise<{ items: Environment[]; nextCursor?: string; total: number }>;
  /** By id; by name the living one, else the one that ended last. */
  find(nameOrId: string): Promise<Environment | undefined>;
  findMany(ids: string[]): Promise<Environment[]>;
  /** Every living environment, in the order of their addresses. */
  holders(tx?: Knex.Transaction): Promise<Holder[]>;
  /** Until the transaction ends nobody else changes who holds which name and addresses. */
  lockAddressPlan(tx: Knex.Transaction): Promise<void>;
  /** Until the transaction ends nobody else changes this environment. @throws NotFoundError */
  lock(id: string, tx: Knex.Transaction): Promise<Environment>;
  insert(
    environment: EnvironmentRequest & {
      id: string;
      createdBy: string;
      createdAt: Date;
      end?: EnvironmentEnd;
      partnerId?: string;
    },
    tx: Knex.Transaction,
  ): Promise<Environment>;
  /**
   * Changes one environment.
   * @param onlyFor - a run: nothing changes unless it is the run at work, so that one that lost its place cannot write.
   * @returns whether anything was changed.
   */
  update(
    id: string,
    patch: EnvironmentPatch,
    options: { at: Date; onlyFor?: string; tx?: Knex.Transaction },
  ): Promise<boolean>;
  /** The living environment of the account whose resources carry the stack's name. */
  ofStack(
    stackName: string,
    accountId: string,
  ): Promise<Environment | undefined>;
  /**
   * Living environments that name this one's stack as their partner's, and mean it: they have its owner, or somebody who
   * may change both joined them.
   */
  partnersOf(
    environment: Pick<
      Environment,
      'id' | 'owner' | 'name' | 'accountId' | 'engineState'
    >,
  ): Promise<Environment[]>;
  /** The environment that is meant by the partner's stack among its parameters. */
  partnerIdOf(environmentId: string): Promise<string | undefined>;
  undoOf(
    environmentId: string,
    tx: Knex.Transaction,
  ): Promise<Undo | undefined>;
}

/** What was asked under an idempotency key, and what came of it. */
export interface KeyedRequest {
  actor: string;
  key: string;
  fingerprint: string;
  environmentId: string;
  runId: string;
}

export interface IdempotencyKeyStore {
  find(
    actor: string,
    key: string,
    tx?: Knex.Transaction,
  ): Promise<KeyedRequest | undefined>;
  insert(request: KeyedRequest, at: Date, tx: Knex.Transaction): Promise<void>;
}

/** A plan with what will be applied, which is not shown to people. */
export interface StoredPlan {
  plan: Plan;
  artifact: PlannedArtifact;
  basis: JsonObject;
  /** Attempt of the apply step in which the engine was last called with it; undefined before. Not written by `insert`. */
  applyAttempt?: number;
}

export interface PlanStore {
  /** The same run and hash again changes nothing. */
  insert(stored: StoredPlan): Promise<void>;
  find(runId: string, hash: string): Promise<StoredPlan | undefined>;
  /** The one that the run made last. */
  newest(runId: string): Promise<StoredPlan | undefined>;
  /** Written before the engine is called; null where it turned out that it did nothing. */
  setApplyAttempt(
    runId: string,
    hash: string,
    attempt: number | null,
    tx?: Knex.Transaction,
  ): Promise<void>;
  /** Whether the engine was called with any plan of the run. */
  hasBegun(runId: string, tx: Knex.Transaction): Promise<boolean>;
}

export interface ActivityStore {
  add(
    environmentId: string,
    activity: Omit<Activity, 'at'> & { at: Date },
    tx?: Knex.Transaction,
  ): Promise<void>;
  /** Newest first, at most 200. */
  list(environmentId: string): Promise<Activity[]>;
}
