import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import type {
  Blueprint,
  Environment,
  ManifestFile,
} from '@slipway/plugin-infra-scaffolder-common';
import type { InfraEngine } from './engine';
import type { CostEstimator, PolicyChecker } from './review';

/** @public */
export interface InfraEnginesExtensionPoint {
  /** @throws if an engine with the same id is there already. */
  addEngine(engine: InfraEngine): void;
}

/** @public */
export const infraEnginesExtensionPoint =
  createExtensionPoint<InfraEnginesExtensionPoint>({
    id: 'infra-scaffolder.engines',
  });

/** Who looks at a plan before a person does. @public */
export interface InfraReviewExtensionPoint {
  /** @throws if there is one already. */
  setCostEstimator(estimator: CostEstimator): void;
  /** @throws if there is one already. */
  setPolicyChecker(checker: PolicyChecker): void;
}

/** @public */
export const infraReviewExtensionPoint =
  createExtensionPoint<InfraReviewExtensionPoint>({
    id: 'infra-scaffolder.review',
  });

/** A blueprint with the modules that build it; modules are loaded by engines in their own process. @public */
export interface BlueprintRegistration {
  blueprint: Blueprint;
  /** Absolute path or package specifier of a module that exports `build` (see `CdkBlueprintModule`). */
  cdkModule?: string;
  /** Absolute path of a folder with a Terraform root module; what it takes and gives is in the Terraform engine's README. */
  terraformRoot?: string;
  /**
   * What is applied to the cluster of an environment once it is ready. Pure.
   *
   * @throws Error that names an output that is not there
   */
  manifests?: (input: ManifestInput) => ManifestFile[];
}

/** What manifests are made from. @public */
export interface ManifestInput {
  environment: Pick<
    Environment,
    'name' | 'owner' | 'system' | 'size' | 'region' | 'accountId' | 'cidr'
  >;
  /** Complete: schema defaults, then the size, then the person's values. */
  parameters: JsonObject;
  /** By the blueprint's keys. */
  outputs: Record<string, string>;
}

/** @public */
export interface InfraBlueprintsExtensionPoint {
  /** @throws if the same id and version is there already, or the definition is not well-formed. */
  addBlueprint(registration: BlueprintRegistration): void;
}

/** @public */
export const infraBlueprintsExtensionPoint =
  createExtensionPoint<InfraBlueprintsExtensionPoint>({
    id: 'infra-scaffolder.blueprints',
  });
