import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  Activity,
  Environment,
  EnvironmentLease,
  EnvironmentQuery,
  EnvironmentRequest,
  EnvironmentUpdate,
  Plan,
} from '@slipway/plugin-infra-scaffolder-common';
import type { RunPurpose } from './environmentRun';
import type { ResourceReading } from './ResourceReader';
import type { Run, RunCommand, RunEvent } from '@slipway/plugin-runs-common';

/** Who asks. */
export interface As {
  credentials: BackstageCredentials;
}

/** A run as a person or plugin may command it; confirming a plan has its own method. */
export type PersonCommand = Exclude<RunCommand, { type: 'signal' }>;

/**
 * The registry of environments. Every method that changes something writes who did what, and tells other plugins once
 * the change is committed.
 */
export interface EnvironmentService {
  list(
    query: EnvironmentQuery,
    as: As,
  ): Promise<{ items: Environment[]; nextCursor?: string; total: number }>;
  /** @throws NotFoundError */
  get(nameOrId: string, as: As): Promise<Environment>;
  /**
   * Registers the environment and its run, or neither.
   * @throws RequestIssuesError, or ConflictError where the key was used for another request.
   */
  create(
    request: EnvironmentRequest,
    options: As & { idempotencyKey: string },
  ): Promise<{ environment: Environment; runId: string }>;
  /** @throws ConflictError while something else is at work on it. */
  update(
    environmentId: string,
    update: EnvironmentUpdate,
    as: As & { purpose?: RunPurpose },
  ): Promise<{ runId: string }>;
  /**
   * @throws InputError where the name is not the environment's; ConflictError while something else is at work on it, or
   * others depend on it and no reason is given to destroy it in spite of them.
   */
  destroy(
    environmentId: string,
    confirmName: string,
    as: As & { despiteDependents?: string },
  ): Promise<{ runId: string }>;
  freeze(environmentId: string, reason: string, as: As): Promise<void>;
  unfreeze(environmentId: string, as: As): Promise<void>;
  /** Keeps runs away while another plugin works. @throws ConflictError while something else is at work on it. */
  acquireLease(
    environmentId: string,
    lease: { reason: string; seconds: number },
    as: As,
  ): Promise<EnvironmentLease>;
  /** @throws ConflictError where the lease has run out or was let go. */
  renewLease(
    environmentId: string,
    leaseId: string,
    seconds: number,
    as: As,
  ): Promise<EnvironmentLease>;
  releaseLease(environmentId: string, leaseId: string, as: As): Promise<void>;
  /** What exists in AWS, as AWS said a moment ago. */
  listResources(environmentId: string, as: As): Promise<ResourceReading>;
  listRuns(environmentId: string, as: As): Promise<Run[]>;
  listActivity(environmentId: string, as: As): Promise<Activity[]>;
}

/** Runs that work on environments. */
export interface EnvironmentRunService {
  /** @throws NotFoundError */
  get(runId: string, as: As): Promise<{ run: Run; environment: Environment }>;
  /** The plan that awaits confirmation or was confirmed; undefined until it is made. */
  plan(runId: string, as: As): Promise<Plan | undefined>;
  events(runId: string, options: As & { after: number }): Promise<RunEvent[]>;
  /** @throws ConflictError where another plan, or none, awaits confirmation, the environment is frozen, or a policy denies it. */
  confirm(runId: string, planHash: string, as: As): Promise<void>;
  /** @throws ConflictError where the run's state does not allow it. */
  command(runId: string, command: PersonCommand, as: As): Promise<Run>;
}
