import type { BlueprintInput } from '@slipway/plugin-infra-scaffolder-node';

/** What the worker is asked. */
export type BareQuestion = { id: number } & (
  | { do: 'warm' }
  | { do: 'apply'; input: BlueprintInput; pollMilliseconds: number }
  | { do: 'destroy'; input: BlueprintInput }
);

/** In seconds. */
export interface BareTimes {
  /** Loading the toolkit and the blueprint; 0 where they were loaded already. */
  load: number;
  /** Synth and diff. */
  plan: number;
  deploy: number;
}
