import type { JsonObject, JsonValue } from '@backstage/types';
import type { ModuleConfiguration } from './configuration';

/** What `terraform show -json` says of a saved plan, as far as the engine reads it. */
export interface PlanDocument {
  resource_changes?: PlannedChange[];
  /** What changed outside of Terraform since the last apply. */
  resource_drift?: PlannedChange[];
  configuration?: { root_module?: ModuleConfiguration };
  errored?: boolean;
}

export interface PlannedChange {
  address: string;
  mode: string;
  type: string;
  name: string;
  /** Of an old object that is still to be deleted. */
  deposed?: string;
  change: {
    actions: string[];
    before: JsonObject | null;
    after: JsonObject | null;
    after_unknown?: JsonValue;
    before_sensitive?: JsonValue;
    after_sensitive?: JsonValue;
    replace_paths?: Array<Array<string | number>>;
    /** Where the resource is there already and the state does not know it. */
    importing?: { id?: string };
  };
}
