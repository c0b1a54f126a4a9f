import type { ResourceChange } from '@slipway/plugin-infra-scaffolder-common';
import type { BlueprintInput } from '@slipway/plugin-infra-scaffolder-node';
import type { ChangeSetDescription } from '../aws/types';

/** What the back end asks of the worker; one at a time. */
export type WorkerRequest =
  | {
      id: number;
      type: 'synth';
      /** Absolute path or package specifier of the module that exports `build`. */
      cdkModule: string;
      input: BlueprintInput;
      /** Empty folder of this request; the back end deletes it afterwards. */
      folder: string;
    }
  | {
      id: number;
      type: 'diff';
      /** The deployed template; empty where nothing is deployed. */
      before: string;
      /** Empty where everything is to be deleted. */
      after: string;
      /** What AWS says of the same change, where a change set was made. */
      changeSet?: ChangeSetDescription;
    };

export interface SynthResult {
  /** JSON of the template, as CDK orders it. */
  template: string;
  /** Warnings that constructs attached to themselves. */
  warnings: string[];
}

export interface DiffResult {
  changes: ResourceChange[];
}

/** What kind of thing went wrong in the worker; the back end finds the words for it. */
export type WorkerErrorCode =
  | 'cdk.blueprint-unloadable'
  | 'cdk.synth-failed'
  | 'cdk.disk-full'
  | 'cdk.diff-failed';

export type WorkerReply =
  | { type: 'ready' }
  | { type: 'result'; id: number; result: SynthResult | DiffResult }
  | {
      type: 'error';
      id: number;
      error: { code: WorkerErrorCode; message: string };
    };
