import type { JsonObject, JsonValue } from '@backstage/types';
import type { EngineId, EnvironmentOutput } from './types';

/**
 * One parameter of a blueprint: a JSON Schema (draft 7) leaf with what the form needs beside it.
 * @public
 */
export interface ParameterSchema {
  type: 'string' | 'integer' | 'number' | 'boolean' | 'array';
  title: string;
  description?: string;
  enum?: JsonValue[];
  pattern?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  items?: { type: 'string'; enum?: string[]; pattern?: string };
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  default: JsonValue;
  /** Heading under which the form shows it. */
  group: string;
  /** Shown behind the field, e.g. `GB`. */
  unit?: string;
  /** Said when the value is refused: how to mend it. */
  message: string;
  /** Where the document says something else than AWS offers today. */
  document?: { value: JsonValue; reason: string };
  /** Folded away by default. */
  advanced?: boolean;
}

/** What AWS limits by account and region, and an environment takes several of. @public */
export type LimitedResource =
  | 'vpcs'
  | 'elasticIps'
  | 'eksClusters'
  | 'dbInstances';

/** @public */
export interface BlueprintSize {
  title: string;
  description: string;
  /** Values of parameters that this size sets. */
  parameters: JsonObject;
  /** How many an environment of this size makes, with no parameter set otherwise. */
  takes?: Record<LimitedResource, number>;
}

/** A versioned package of infrastructure. @public */
export interface Blueprint {
  id: string;
  version: string;
  title: string;
  description: string;
  /** Which document it implements, e.g. `Seed 004`. */
  source: string;
  engines: EngineId[];
  sizes: Record<string, BlueprintSize>;
  defaultSize: string;
  parameters: Record<string, ParameterSchema>;
  /** Rules that span parameters, by name; see `checkParameters`. */
  rules: BlueprintRule[];
  /** Prefix length of the VPC's CIDR, e.g. 16. */
  cidrPrefixLength: { minimum: number; maximum: number; default: number };
  outputs: Array<Omit<EnvironmentOutput, 'value'>>;
  /** What becomes of data when an environment is destroyed, in the order of their weight. */
  fates?: BlueprintFate[];
  /** What each version brought; of this version and of those before it. */
  changes?: BlueprintRelease[];
}

/** What becomes of data of one kind. @public */
export interface BlueprintFate {
  /** For whoever agrees to it, e.g. `The database is deleted; a final snapshot is kept.` */
  sentence: string;
  /** Only where the parameter has this value. */
  when?: { parameter: string; is: JsonValue };
}

/** What a version of a blueprint brought. @public */
export interface BlueprintRelease {
  version: string;
  /** One sentence. */
  summary: string;
  /** What whoever upgrades should know, one sentence each. */
  notes: string[];
}

/** `left` must not exceed `right`; both name numeric parameters. @public */
export interface BlueprintRule {
  left: string;
  right: string;
  message: string;
}

/**
 * Tag, with the value `true`, of a bucket that an engine may empty when its environment is destroyed: AWS deletes empty
 * buckets only. A bucket without it stops the destroy while it holds objects.
 * @public
 */
export const EMPTY_ON_DESTROY_TAG = 'slipway:empty-on-destroy';
