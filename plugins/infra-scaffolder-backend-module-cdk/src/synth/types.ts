import type { ResourceChange } from '@slipway/plugin-infra-scaffolder-common';
import type { BlueprintInput } from '@slipway/plugin-infra-scaffolder-node';
import type { ChangeSetDescription } from '../aws/types';
import type { SynthResult } from '../worker/protocol';

/** Builds templates from blueprints and compares them. */
export interface Synthesiser {
  /** Makes the first request quick; never rejects. */
  warm(): Promise<void>;
  /** @throws StepFailedError: the blueprint fails, or the process that builds it crashes, runs too long, or has no room. */
  synth(
    cdkModule: string,
    input: BlueprintInput,
    signal?: AbortSignal,
  ): Promise<SynthResult>;
  /** @throws StepFailedError */
  diff(
    templates: {
      before: string;
      after: string;
      changeSet?: ChangeSetDescription;
    },
    signal?: AbortSignal,
  ): Promise<ResourceChange[]>;
  close(): Promise<void>;
}
