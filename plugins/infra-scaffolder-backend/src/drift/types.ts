import type {
  DriftApi,
  DriftDetection,
  DriftReport,
  Environment,
} from '@slipway/plugin-infra-scaffolder-common';
import type { DriftedResource } from '@slipway/plugin-infra-scaffolder-node';
import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type { EnvironmentPermissionQuery } from '@slipway/plugin-infra-scaffolder-node';
import type { As } from '../services/types';
import type { CauseQuestion } from './rules/chooseCause';
import type { ExpectedDeviation } from './rules/explainedDrift';
import type { DriftCause } from '@slipway/plugin-infra-scaffolder-common';

/** What a check found out. */
export type DriftOutcome = Pick<
  DriftReport,
  'findings' | 'explained' | 'unchecked'
> & {
  state: DriftDetection['state'];
  reason?: string;
};

/** A report with what only the back end needs. */
export interface StoredReport {
  report: DriftReport;
  /** When it was last all in sync. */
  inSyncAt?: Date;
  /** Whether a check is at work. */
  isClaimed: boolean;
}

/** The right to check an environment; ends by itself, so that a check that dies with its back end is made up for. */
export interface DriftClaim {
  id: string;
  environmentId: string;
  /** The run that was the last one when the check began. */
  runId?: string;
  startedAt: Date;
  actor?: string;
}

export interface DriftStore {
  find(environmentId: string): Promise<StoredReport | undefined>;
  /** Ids of environments whose check is due, most overdue first. */
  due(options: {
    engines: string[];
    now: Date;
    limit: number;
  }): Promise<string[]>;
  /** @returns whether nobody else is checking it. */
  claim(claim: DriftClaim, until: Date): Promise<boolean>;
  /**
   * Writes what a check found out and adds it to the history.
   * @returns false where the claim had run out, or a run began meanwhile: then nothing of it is kept.
   */
  finish(
    claim: DriftClaim,
    outcome: DriftOutcome,
    options: { endedAt: Date; nextAt: Date },
  ): Promise<boolean>;
  /** Newest first, at most 100. */
  detections(environmentId: string): Promise<DriftDetection[]>;
  /** Reports of all that drifted, and how many environments are in which state, as far as the filter lets through. */
  fleet(filter?: PermissionCriteria<EnvironmentPermissionQuery>): Promise<{
    drifted: Array<{
      environment: Pick<Environment, 'id' | 'name' | 'owner'>;
      report: DriftReport;
    }>;
    counts: Record<string, number>;
  }>;
}

/** Finds out who changed what. */
export interface DriftCauses {
  /** One cause for each question, in their order. Never rejects: what cannot be found out says why. */
  find(
    environment: Pick<Environment, 'accountId' | 'region'>,
    questions: Array<CauseQuestion & { type: string }>,
    signal: AbortSignal,
  ): Promise<DriftCause[]>;
}

/** Knows what is meant to differ from what was applied for a while. */
export interface DeviationSource {
  expected(
    environment: Environment,
    resources: DriftedResource[],
  ): Promise<ExpectedDeviation[]>;
}

/** Drift for people and plugins; what a method does stands at {@link DriftApi}. */
export type DriftService = {
  [Method in keyof DriftApi]: (
    ...args: [...Parameters<DriftApi[Method]>, As]
  ) => ReturnType<DriftApi[Method]>;
};
