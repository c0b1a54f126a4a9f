import type { Run, RunCommand, RunEvent } from '@slipway/plugin-runs-common';
import type {
  Approval,
  ApprovalDecision,
  ApprovalState,
  ListedApproval,
  MayDecide,
} from './approval';
import type { Blueprint } from './blueprint';
import type { EnvironmentManifests } from './manifests';
import type { Freezable, FreezeOutlook, FreezePeriod } from './freezePeriods';
import type {
  AppliedFindings,
  Exemption,
  NewExemption,
  PolicyRule,
} from './policies';
import type {
  Activity,
  Environment,
  EnvironmentRequest,
  EnvironmentResource,
  EnvironmentStatus,
  EnvironmentUpdate,
  Plan,
  RequestIssue,
  Target,
} from './types';

/** @public */
export interface EnvironmentQuery {
  owner?: string;
  system?: string;
  status?: EnvironmentStatus[];
  /** Matches name, owner or system. */
  search?: string;
  /** Those destroyed or cancelled too; default false. */
  includeEnded?: boolean;
  limit?: number;
  cursor?: string;
}

/** What a person may do with what they look at; the page shows buttons by it, the back end decides anew. @public */
export interface EnvironmentAllowed {
  update: boolean;
  destroy: boolean;
  freeze: boolean;
  schedule: boolean;
}

/**
 * The HTTP API of the infra-scaffolder back end; each method says its route. Errors are Backstage's
 * (`InputError` with `issues`, `ConflictError`, `NotFoundError`, `NotAllowedError`).
 * @public
 */
export interface InfraApi {
  /** GET /blueprints → { items } */
  listBlueprints(): Promise<Blueprint[]>;
  /** GET /targets → { items } */
  listTargets(): Promise<Target[]>;
  /** GET /engines → { items } */
  listEngines(): Promise<EngineAvailability[]>;
  /** POST /cidr-proposals → { cidr }: the first free block of the prefix length. */
  proposeCidr(input: {
    accountId: string;
    region: string;
    prefixLength: number;
  }): Promise<{ cidr: string }>;
  /** POST /environment-checks → { issues }: checks what is there so far; changes nothing. */
  checkRequest(
    request: Partial<EnvironmentRequest>,
  ): Promise<{ issues: RequestIssue[] }>;
  /** POST /environments → 201; the same idempotencyKey answers with the same environment. */
  createEnvironment(
    request: EnvironmentRequest,
    options: { idempotencyKey: string },
  ): Promise<{ environment: Environment; runId: string }>;
  /** GET /environments → { items, nextCursor?, total } */
  listEnvironments(
    query: EnvironmentQuery,
  ): Promise<{ items: Environment[]; nextCursor?: string; total: number }>;
  /** GET /environments/:name-or-id */
  getEnvironment(
    nameOrId: string,
  ): Promise<Environment & { allowed: EnvironmentAllowed }>;
  /** GET /environments/:id/resources → { items, readAt } */
  listResources(
    environmentId: string,
  ): Promise<{ items: EnvironmentResource[]; readAt: string }>;
  /** GET /environments/:id/manifests; what is applied to its cluster, in order. */
  listManifests(environmentId: string): Promise<EnvironmentManifests>;
  /** GET /environments/:id/manifests.zip; the same as an archive. */
  downloadManifests(environmentId: string): Promise<Blob>;
  /** GET /environments/:id/runs → { items } */
  listRuns(environmentId: string): Promise<Run[]>;
  /** GET /environments/:id/activity → { items } */
  listActivity(environmentId: string): Promise<Activity[]>;
  /** POST /environments/:id/destroy { confirmName } → { runId } */
  destroyEnvironment(
    environmentId: string,
    confirmName: string,
  ): Promise<{ runId: string }>;
  /** POST /environments/:id/update EnvironmentUpdate → { runId } */
  updateEnvironment(
    environmentId: string,
    update: EnvironmentUpdate,
  ): Promise<{ runId: string }>;
  /** PUT /environments/:id/freeze { reason }; DELETE the same lifts it. */
  freezeEnvironment(environmentId: string, reason: string): Promise<void>;
  unfreezeEnvironment(environmentId: string): Promise<void>;
  /** GET /runs/:id → Run with the environment it works on and what the person may do. */
  getRun(runId: string): Promise<{
    run: Run;
    environment: Environment;
    allowed: EnvironmentAllowed;
  }>;
  /** GET /runs/:id/plan → { plan } ; null until it is made. */
  getPlan(runId: string): Promise<Plan | null>;
  /** GET /runs/:id/events?after= → { items } */
  listEvents(runId: string, after?: number): Promise<RunEvent[]>;
  /**
   * GET /runs/:id/stream?after= (text/event-stream): each message has `id: <sequence>`, `event: run-event`,
   * `data: RunEvent`; a comment line every 15 s keeps it open; `event: end` when the run is settled.
   */
  streamEvents(
    runId: string,
    options: { after: number; signal: AbortSignal },
  ): AsyncIterable<RunEvent>;
  /** POST /runs/:id/confirm { planHash } */
  confirmPlan(runId: string, planHash: string): Promise<void>;
  /** GET /approvals?state= → { items }, newest first, of the environments that the person may see. */
  listApprovals(state?: ApprovalState): Promise<ListedApproval[]>;
  /** GET /runs/:id/approval → { approval, mayDecide }; null until one is asked for. */
  getApproval(
    runId: string,
  ): Promise<{ approval: Approval | null; mayDecide: MayDecide }>;
  /** POST /runs/:id/approval { decision, planHash, comment? } → Approval; only an approval needs no comment. */
  decideOnPlan(
    runId: string,
    decision: {
      decision: ApprovalDecision;
      planHash: string;
      comment?: string;
    },
  ): Promise<Approval>;
  /** GET /freezes?includeEnded= → { items, mayManage }, the soonest first. */
  listFreezes(options?: {
    includeEnded?: boolean;
  }): Promise<{ items: FreezePeriod[]; mayManage: boolean }>;
  /** GET /freeze-outlook?accountId=&size=&system= */
  getFreezeOutlook(subject: Freezable): Promise<FreezeOutlook>;
  /** POST /freezes → 201 */
  createFreeze(
    period: Pick<FreezePeriod, 'title' | 'from' | 'until' | 'scope'>,
  ): Promise<FreezePeriod>;
  /** PUT /freezes/:id */
  updateFreeze(
    id: string,
    period: Pick<FreezePeriod, 'title' | 'from' | 'until' | 'scope'>,
  ): Promise<FreezePeriod>;
  /** DELETE /freezes/:id */
  removeFreeze(id: string): Promise<void>;
  /** POST /runs/:id/freeze-override { planHash, reason } */
  overrideFreeze(
    runId: string,
    override: { planHash: string; reason: string },
  ): Promise<void>;
  /** GET /policies → { items, isChecked }; not checked: no module holds plans to rules. */
  listPolicies(): Promise<{ items: PolicyRule[]; isChecked: boolean }>;
  /** GET /environments/:id/findings → { applied }; null where nothing stands, or nobody checked it. */
  getAppliedFindings(environmentId: string): Promise<AppliedFindings | null>;
  /** GET /exemptions?environmentId= → { items, mayGrant }, newest first, of the environments that the person may see. */
  listExemptions(
    environmentId?: string,
  ): Promise<{ items: Exemption[]; mayGrant: boolean }>;
  /** POST /exemptions → 201: it holds at once. */
  grantExemption(exemption: NewExemption): Promise<Exemption>;
  /** POST /exemption-requests → 201: it awaits somebody with the right; only of an environment of one's own. */
  askForExemption(exemption: NewExemption): Promise<Exemption>;
  /** POST /exemptions/:id/grant: what was asked for holds from now on. */
  grantAskedExemption(id: string): Promise<Exemption>;
  /** POST /exemptions/:id/end: declines what was asked for, takes back what holds. */
  endExemption(id: string): Promise<Exemption>;
  /** POST /runs/:id/commands RunCommand (without `signal`) → Run */
  commandRun(
    runId: string,
    command: Exclude<RunCommand, { type: 'signal' }>,
  ): Promise<Run>;
}

/** @public */
export interface EngineAvailability {
  id: string;
  title: string;
  available: boolean;
  /** Why not, and how to get it. */
  reason?: string;
}
