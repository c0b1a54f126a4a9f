import type { DescribeChangeSetOutput } from '@aws-sdk/client-cloudformation';
import type {
  BucketContent,
  ProtectedDatabase,
} from '@slipway/plugin-infra-scaffolder-node';
import type { DetectionStatus, ResourceDrift } from '../drift/types';

/** A stack as far as the engine looks at it. */
export interface Stack {
  id: string;
  name: string;
  /** AWS's own word, e.g. `CREATE_COMPLETE`. */
  status: string;
  statusReason?: string;
  /** ISO 8601, UTC; the creation time where it was never updated. */
  lastUpdatedAt: string;
  tags: Record<string, string>;
  outputs: Record<string, string>;
}

/** One line of a stack's history. */
export interface StackEvent {
  id: string;
  logicalId: string;
  physicalId?: string;
  type: string;
  /** AWS's own word, e.g. `CREATE_IN_PROGRESS`. */
  status: string;
  reason?: string;
  /** ISO 8601, UTC. */
  at: string;
  /** Client request token of the operation that it belongs to. */
  token?: string;
}

/** Which part of a stack's history to read. */
export interface EventsOptions {
  /** Id of an event; it and what came before it are left out. */
  since?: string;
  /** Ids of events to leave out. Reading stops at the first page (of about 100) that has nothing else. */
  known?: ReadonlySet<string>;
}

/** A resource of a stack as it is now. */
export interface StackResource {
  logicalId: string;
  physicalId?: string;
  type: string;
  status: string;
  reason?: string;
  /** ISO 8601, UTC. */
  updatedAt: string;
}

/** A template that AWS can read: short ones go with the request, others lie in the staging bucket. */
export type TemplateSource = { body: string } | { url: string };

export interface StackOperation {
  stackName: string;
  template: TemplateSource;
  tags: Record<string, string>;
  /** Client request token: AWS drops a repeat that carries the same one. */
  token: string;
}

/** What AWS says that a change set will do. Plain data: it crosses to the worker. */
export interface ChangeSetDescription {
  id: string;
  stackId: string;
  status: string;
  statusReason?: string;
  /** Physical ids of resources that exist, by logical id. */
  physicalIds: Record<string, string>;
  raw: DescribeChangeSetOutput;
}

/** A change set in the list of its stack. */
export interface ChangeSetSummary {
  id: string;
  name: string;
  /** AWS's own word, e.g. `CREATE_COMPLETE`. */
  status: string;
  /** AWS's own word, e.g. `AVAILABLE`. */
  executionStatus: string;
}

/**
 * Everything that the engine asks of AWS, for one account and region. Methods reject with the SDK's own errors;
 * see `toStepFailure` for what they mean to a person. Reads that find nothing answer `undefined`.
 */
export interface CloudFormationGateway {
  readonly drift: DriftGateway;

  /** Three zones that take new resources, in order. */
  availabilityZones(signal?: AbortSignal): Promise<string[]>;

  /** By name (living stacks only) or by id (deleted ones too). */
  describeStack(
    nameOrId: string,
    signal?: AbortSignal,
  ): Promise<Stack | undefined>;
  /** As it was sent; undefined where the stack is gone. */
  getTemplate(
    nameOrId: string,
    signal?: AbortSignal,
  ): Promise<string | undefined>;
  /** Oldest first, as far as AWS has an order: an event may show up among older ones a moment later. */
  listEvents(
    stackId: string,
    options?: EventsOptions,
    signal?: AbortSignal,
  ): Promise<StackEvent[]>;
  listResources(
    nameOrId: string,
    signal?: AbortSignal,
  ): Promise<StackResource[]>;

  /** @returns the stack's id; of the stack that the same token made, where it did already. */
  createStack(operation: StackOperation): Promise<string>;
  deleteStack(stackId: string, token: string): Promise<void>;
  cancelUpdate(stackId: string, token: string): Promise<void>;

  /** @param operation - `revertDrift`: compared with what is there, not with what was applied. */
  createChangeSet(
    name: string,
    operation: StackOperation & { revertDrift?: boolean },
  ): Promise<{ id: string }>;
  describeChangeSet(
    stackName: string,
    name: string,
    signal?: AbortSignal,
  ): Promise<ChangeSetDescription | undefined>;
  executeChangeSet(id: string, token: string): Promise<void>;
  /** Of a stack that lives; those that failed too. */
  listChangeSets(
    stackName: string,
    signal?: AbortSignal,
  ): Promise<ChangeSetSummary[]>;
  /** One that is gone already is no error. */
  deleteChangeSet(id: string): Promise<void>;

  /** Whether the staged template is there already. */
  isStaged(key: string, signal?: AbortSignal): Promise<boolean>;
  /** Makes the bucket where it is missing: private, encrypted, emptied after 30 days. */
  prepareStagingBucket(): Promise<void>;
  stage(key: string, body: string): Promise<void>;
  /** Where CloudFormation reads the staged template. */
  stagedUrl(key: string): string;

  /** Whether a database refuses to be deleted. */
  isDeletionProtected(
    database: ProtectedDatabase,
    signal?: AbortSignal,
  ): Promise<boolean>;
  allowDeletion(database: ProtectedDatabase): Promise<void>;

  bucketContent(bucket: string, signal?: AbortSignal): Promise<BucketContent>;
  /** Up to about that many objects, with all their versions; safe to repeat. Answers how many it deleted. */
  deleteObjects(bucket: string, most: number): Promise<number>;
}

/** CloudFormation's comparison of stacks with what is there. */
export interface DriftGateway {
  /** @returns the id of the detection that was begun. */
  begin(stackId: string, signal?: AbortSignal): Promise<string>;
  status(detectionId: string, signal?: AbortSignal): Promise<DetectionStatus>;
  /** What the last detections say of the stack's resources; those without a check are not among them. */
  resources(stackId: string, signal?: AbortSignal): Promise<ResourceDrift[]>;
}

/** Gives the gateway of an account and region. */
export interface CloudFormationGateways {
  /** @throws StepFailedError where account or region is not configured. */
  of(target: {
    accountId: string;
    region: string;
  }): Promise<CloudFormationGateway>;
}
