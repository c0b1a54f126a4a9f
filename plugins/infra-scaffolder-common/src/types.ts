import type { AccountQuotas } from './accounts';
import type { JsonObject, JsonValue } from '@backstage/types';
import type { PlanApproval } from './approval';
import type { DriftSummary } from './drift';
import type { EnvironmentExpiry, PlannedExpiry } from './lifetime';
import type { EnvironmentSchedule, EnvironmentSleep } from './scheduleApi';

/** @public */
export const INFRA_STATUSES = [
  'planning',
  'creating',
  'ready',
  'updating',
  'destroying',
  'destroyed',
  'failed',
  'cancelled',
] as const;

/**
 * `planning`, `creating`, `updating`, `destroying`: a run is at work. `ready`: it is there; a run may be planning a change.
 * `failed`: the last run failed; something may exist in AWS. `cancelled`: a run was cancelled and undone before anything
 * was kept. `destroyed`: nothing is left in AWS.
 * @public
 */
export type EnvironmentStatus = (typeof INFRA_STATUSES)[number];

/** @public */
export const INFRA_ENGINES = ['cdk', 'terraform'] as const;

/** @public */
export type EngineId = (typeof INFRA_ENGINES)[number];

/** @public */
export type Operation = 'create' | 'update' | 'destroy';

/** What a person asks for. The form, the scaffolder action and the HTTP API all send this. @public */
export interface EnvironmentRequest {
  blueprint: { id: string; version: string };
  /** 3–28 characters: a lower-case letter, then lower-case letters, digits, single hyphens. Unique among living environments. */
  name: string;
  /** Entity reference of a group. */
  owner: string;
  /** Entity reference of a system. */
  system: string;
  accountId: string;
  region: string;
  size: string;
  /** IPv4 CIDR of the VPC; must not overlap any living environment in the same account and region, nor any that it could be peered with. */
  cidr: string;
  engine: EngineId;
  /** By the blueprint's schema; values left out come from the size, then from the schema's defaults. */
  parameters: JsonObject;
  /** When it is destroyed; left out, the default of its stage, where that knows an end. */
  expiresAt?: string;
}

/** @public */
export interface Environment extends EnvironmentRequest {
  id: string;
  status: EnvironmentStatus;
  /** One sentence: why it has this status. */
  statusReason?: string;
  createdBy: string;
  /** ISO 8601, UTC, as all times. */
  createdAt: string;
  updatedAt: string;
  readyAt?: string;
  destroyedAt?: string;
  outputs: EnvironmentOutput[];
  /** The run at work, where there is one. At most one. */
  activeRun?: {
    runId: string;
    operation: Operation;
    startedBy: string;
    since: string;
  };
  lastRunId?: string;
  /** Set while another plugin or a person keeps applies away. */
  freeze?: { by: string; reason: string; since: string };
  /** Set while another plugin works on it, e.g. a failover; no run starts meanwhile. */
  lease?: EnvironmentLease;
  /** Whether it is as the last apply left it; absent where it was never checked. */
  drift?: DriftSummary;
  /** What it costs a month as it stands, by the plan that was applied last; absent where nobody said. */
  estimate?: { monthlyUsd: string; pricesOf: string; planId: string };
  /** What is known of its end, where it has one; `expiresAt` is the end itself. */
  expiry?: EnvironmentExpiry;
  /** When it is up, where it sleeps off hours. */
  schedule?: EnvironmentSchedule;
  /** Set while what can be stopped of it is, or is being stopped or started. */
  sleep?: EnvironmentSleep;
  /** What the engine needs to find it again in AWS, e.g. stack name and ARN. */
  engineState: JsonObject;
}

/** A hold on an environment that ends by itself unless it is renewed. @public */
export interface EnvironmentLease {
  id: string;
  by: string;
  /** What is being done, said to others who are refused meanwhile. */
  reason: string;
  since: string;
  until: string;
}

/** What of an environment may change after it is made; what is left out stays. @public */
export interface EnvironmentUpdate {
  size?: string;
  /** Replaces all of the person's values. */
  parameters?: JsonObject;
  blueprintVersion?: string;
}

/** @public */
export interface EnvironmentOutput {
  key: string;
  title: string;
  kind: 'endpoint' | 'url' | 'arn' | 'text' | 'command';
  value: string;
  description?: string;
}

/** @public */
export type ChangeAction =
  | 'create'
  | 'update'
  | 'replace'
  | 'delete'
  | 'unchanged';

/** @public */
export interface AttributeChange {
  /** Dotted path within the resource's properties. */
  path: string;
  before?: JsonValue;
  after?: JsonValue;
  /** A change of it replaces the resource: surely, perhaps, or not. */
  replaces?: 'yes' | 'maybe' | 'no';
}

/** @public */
export interface ResourceChange {
  logicalId: string;
  /** e.g. `AWS::RDS::DBInstance`. */
  type: string;
  /** Where it stands in the blueprint, by construct or module, e.g. `database/instance`. */
  path: string;
  action: ChangeAction;
  physicalId?: string;
  attributes: AttributeChange[];
  /** Of one that is replaced: what becomes of the old one. */
  oldOne?: 'deleted' | 'snapshot' | 'kept';
}

/** What is about to happen; nothing happens before a person confirms exactly this. @public */
export interface Plan {
  /** First 12 hexadecimal characters of `hash`; what people say to one another. */
  id: string;
  /** SHA-256 over operation, environment, artifact and the state of the world it was made against. */
  hash: string;
  runId: string;
  environmentId: string;
  operation: Operation;
  createdAt: string;
  changes: ResourceChange[];
  /** Words for the person that decides, e.g. `The database is deleted; a final snapshot is kept.` */
  warnings: string[];
  /** What it comes to; absent where no module estimates. */
  estimate?: CostEstimate;
  /** What the policies say; absent where no module checks. */
  findings?: PolicyFinding[];
  /** Who confirms it cannot have it applied alone; absent where they can. */
  approval?: PlanApproval;
  /** What it makes of the environment's end; absent where that stays as it is. */
  expiry?: PlannedExpiry;
}

/** One thing that is paid for, e.g. the instance hours of a database. Money is decimal text, e.g. `123.4500`. @public */
export interface CostPart {
  title: string;
  quantity: string;
  /** e.g. `hours`, `GB-months`. */
  unit: string;
  unitPriceUsd: string;
  monthlyUsd: string;
}

/** What one resource costs a month of 730 hours. @public */
export interface CostLine {
  logicalId: string;
  type: string;
  path: string;
  /** What is paid for, e.g. `db.r6g.large, Multi-AZ`. */
  title: string;
  /** Before the change; absent where it is new. */
  monthlyBeforeUsd?: string;
  /** After the change; `0` where it is deleted. */
  monthlyUsd: string;
  parts: CostPart[];
}

/** What an environment costs a month by a dated price list, before and after a plan. @public */
export interface CostEstimate {
  /** Day of the prices, e.g. `2026-11-01`. */
  pricesOf: string;
  region: string;
  monthlyBeforeUsd: string;
  monthlyUsd: string;
  lines: CostLine[];
  /** Resources that cost money which nobody could price, with why. */
  unpriced: Array<{ type: string; path: string; reason: string }>;
  /** What was assumed where the plan does not say, e.g. traffic. */
  assumptions: string[];
}

/** What a policy says about a plan. @public */
export interface PolicyFinding {
  /** Id of the rule, e.g. `no-public-database`. */
  rule: string;
  title: string;
  /** `deny` keeps the plan from being applied unless it is exempt; `warn` is told to who decides. */
  effect: 'deny' | 'warn';
  /** The resource, where it is about one. */
  logicalId?: string;
  type?: string;
  path?: string;
  message: string;
  /** How to mend it. */
  mend: string;
  /** Who answers for leaving it so, and until when. */
  exemption?: { owner: string; reason: string; until: string };
}

/** @public */
export type ResourceStatus =
  | 'pending'
  | 'working'
  | 'done'
  | 'failed'
  | 'deleted'
  | 'skipped';

/** @public */
export interface EnvironmentResource {
  logicalId: string;
  type: string;
  path: string;
  physicalId?: string;
  status: ResourceStatus;
  /** AWS's own word, e.g. `CREATE_COMPLETE`. */
  awsStatus: string;
  reason?: string;
  startedAt?: string;
  updatedAt: string;
  /** Deep link into the AWS console, where there is a page for it. */
  consoleUrl?: string;
}

/** Event codes of infrastructure runs, beside those of the run engine. @public */
export const INFRA_EVENT_CODES = {
  /** data: EnvironmentResource; sent on each change of a resource */
  resource: 'infra.resource',
  /** data: { planId, counts } */
  planned: 'infra.planned',
  /** data: { planId } */
  confirmed: 'infra.confirmed',
  /** data: { planId, reasons } */
  approvalAsked: 'infra.approval-asked',
  /** data: { planId, by } */
  approved: 'infra.approved',
  /** data: { outputs: string[] } */
  outputs: 'infra.outputs',
  /** data: { orphans: string[] }, their ARNs */
  leftovers: 'infra.leftovers',
} as const;

/** Name of the signal by which a person confirms a plan; payload: `{ planHash }`. @public */
export const CONFIRM_SIGNAL = 'confirm';

/** Code of the problem of an apply that found another world than the plan was made for, and changed nothing. @public */
export const PLAN_STALE = 'plan.stale';

/** Kinds of run. @public */
export const INFRA_RUN_KINDS: Record<Operation, string> = {
  create: 'infra.create',
  update: 'infra.update',
  destroy: 'infra.destroy',
};

/** An account that environments can be made in. @public */
export interface Target {
  accountId: string;
  name: string;
  regions: string[];
  /** Sizes allowed here; empty means all. */
  sizes: string[];
  /** What it takes at most, and what is used of it. */
  quotas?: AccountQuotas;
  /** Why it takes no new environment now. */
  whyNot?: string;
}

/** One line of who did what when. @public */
export interface Activity {
  at: string;
  actor: string;
  /** e.g. `environment.requested`, `plan.confirmed`, `run.cancelled`, `environment.frozen`. */
  action: string;
  message: string;
  runId?: string;
}

/** A message about one field of a request. @public */
export interface RequestIssue {
  /** Dotted path within {@link EnvironmentRequest}, e.g. `cidr` or `parameters.nodeMaxSize`. */
  path: string;
  /** What is wrong and how to mend it. */
  message: string;
  /** A value that would do, where one is known. */
  suggestion?: JsonValue;
}
