import type { LifetimeRules } from './lifetime';
import type { DestroyReceipt } from './receipt';
import type { Environment } from './types';

/** Something that needs an environment, so that the environment is not destroyed. @public */
export interface Dependent {
  /** Entity reference; absent where the person may not see it. */
  entityRef?: string;
  /** One sentence, e.g. `component:default/checkout depends on it, as the catalog says.` */
  reason: string;
}

/**
 * The HTTP API of lifetimes, and of what is left of what was destroyed; each method says its route.
 * @public
 */
export interface LifetimeApi {
  /** GET /lifetimes */
  getLifetimes(): Promise<LifetimeRules>;
  /** POST /environments/:id/extend → Environment, whose end is as late as its stage allows. */
  extendEnvironment(environmentId: string): Promise<Environment>;
  /** GET /environments/:id/dependents → { items, mayOverride } */
  listDependents(
    environmentId: string,
  ): Promise<{ items: Dependent[]; mayOverride: boolean }>;
  /** POST /environments/:id/destroy { confirmName, despiteDependents? } → { runId } */
  destroyDespiteDependents(
    environmentId: string,
    confirmName: string,
    reason: string,
  ): Promise<{ runId: string }>;
  /** GET /environments/:id/receipt → { receipt }; null where there is none. */
  getReceipt(environmentId: string): Promise<DestroyReceipt | null>;
  /** POST /environments/:id/receipt/scan → DestroyReceipt with a new look for what was left. */
  scanLeftovers(environmentId: string): Promise<DestroyReceipt>;
}
