import type { JsonObject } from '@backstage/types';
import type { StepContext } from '@slipway/plugin-runs-node';
import type {
  AttributeChange,
  EngineAvailability,
  EngineId,
  Environment,
  EnvironmentResource,
  Operation,
  Plan,
} from '@slipway/plugin-infra-scaffolder-common';
import type { BlueprintRegistration } from './extensions';

/** What an engine made of a request, kept in the database until it is applied. @public */
export interface PlannedArtifact {
  /** Exactly what will be applied, e.g. the CloudFormation template; may be large. */
  body: string;
  /** How to apply it, e.g. the name of a change set. */
  meta: JsonObject;
}

/**
 * A resource in CloudFormation's words, whichever engine makes it: `type` is CloudFormation's, `properties` are named and
 * shaped as its resource specification has them. A value that is known only once it is made is absent or an intrinsic
 * function; a secret value is masked.
 * @public
 */
export interface DescribedResource {
  logicalId: string;
  type: string;
  path: string;
  properties: JsonObject;
}

/** What a plan is about, whole: also what it leaves as it is. @public */
export interface PlannedResources {
  /** As they are now. */
  before: DescribedResource[];
  /** As they will be. */
  after: DescribedResource[];
}

/** A resource that is no longer as the last apply left it, or of which that cannot be told. @public */
export interface DriftedResource {
  logicalId: string;
  /** CloudFormation's name of the type, whichever engine made it. */
  type: string;
  path: string;
  physicalId?: string;
  /** `unchecked`: nobody can tell whether it drifted, and `reason` says why. */
  kind: 'changed' | 'deleted' | 'unchecked';
  /** `before` is what was applied, `after` what is there; paths and values as CloudFormation has them. */
  attributes: AttributeChange[];
  /** What was applied, where it is known whole: it tells whether AWS was allowed to change something by itself. */
  properties?: JsonObject;
  reason?: string;
}

/** @public */
export interface EngineRequest {
  /** As it is to become; its `engineState` is what the last apply left. */
  environment: Environment;
  operation: Operation;
  blueprint: BlueprintRegistration;
  /** Complete: schema defaults, then the size, then the person's values. */
  parameters: JsonObject;
  /** Of an update: what drifted is put back too, and the plan says so. An engine that always does may ignore it. */
  revertDrift?: boolean;
}

/** @public */
export interface AppliedEnvironment {
  /** Raw outputs by key; the blueprint gives them titles. */
  outputs: Record<string, string>;
  engineState: JsonObject;
}

/** @public */
export interface DiscardRequest {
  environment: Environment;
  operation: Operation;
}

/**
 * Makes environments in AWS. Each method is called from within a step of a run: it journals what it changes through
 * `ctx.call`, emits `infra.resource` events as resources move, and may be called again from its start after a crash.
 *
 * Lifecycle of an apply: `plan` → (a person confirms) → `apply`, with `cancel` at any time; a plan that will not be
 * applied is discarded. A destroy is planned and applied by the same methods with `operation: 'destroy'`.
 *
 * @public
 */
export interface InfraEngine {
  readonly id: EngineId;
  readonly title: string;
  availability(): Promise<EngineAvailability>;
  /** Changes no resource. May leave a staged template or change set behind, journalled. */
  plan(
    ctx: StepContext,
    request: EngineRequest,
  ): Promise<{
    changes: Plan['changes'];
    resources: PlannedResources;
    warnings: string[];
    artifact: PlannedArtifact;
    /** State of the world the plan was made against, e.g. the stack's last update; part of the plan's hash. */
    basis: JsonObject;
  }>;
  /** Executes exactly the artifact, until AWS says it is done. @throws StepFailedError with AWS's reason and a way on. */
  apply(
    ctx: StepContext,
    request: EngineRequest & { artifact: PlannedArtifact; basis: JsonObject },
  ): Promise<AppliedEnvironment>;
  /** Undoes an apply in flight, until the world is in a named state again. */
  cancel(
    ctx: StepContext,
    request: EngineRequest & { artifact?: PlannedArtifact },
  ): Promise<{ leftInAws: boolean; sentence: string }>;
  /**
   * Takes away what this run's plans left behind and nobody will apply, e.g. a change set. Called when the run is
   * cancelled, after the undoing of an apply, and when its plan failed or is stale; more than once perhaps, and
   * perhaps with nothing to take away.
   */
  discard?(ctx: StepContext, request: DiscardRequest): Promise<void>;
  /** What is no longer as the last apply left it, and what cannot be checked. Changes nothing; may take minutes. */
  detectDrift?(
    environment: Environment,
    signal: AbortSignal,
  ): Promise<DriftedResource[]>;
  /**
   * What the blueprint would make of the environment with these parameters. Asks AWS nothing and changes nothing; by it
   * the parameter is found that has the value of a drifted attribute.
   */
  describe?(
    request: Pick<EngineRequest, 'environment' | 'blueprint' | 'parameters'>,
    signal: AbortSignal,
  ): Promise<DescribedResource[]>;
  /**
   * What an update would do, as far as that can be told without leaving anything behind in AWS or holding anything there.
   * The plan of the run that makes it is what counts.
   */
  preview?(
    request: EngineRequest,
    signal: AbortSignal,
  ): Promise<Pick<Plan, 'changes' | 'warnings'>>;
  /** What exists now, as AWS says. */
  listResources(
    environment: Environment,
    signal?: AbortSignal,
  ): Promise<EnvironmentResource[]>;
}
