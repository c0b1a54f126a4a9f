import { StepFailedError } from '@slipway/plugin-runs-node';
import { z } from 'zod';
import type { StateStore } from '../state/StateStore';
import type { Worker } from './launchWorker';

const workerSchema: z.ZodType<Worker> = z.object({
  process: z.object({
    host: z.string(),
    bootId: z.string(),
    pidNamespace: z.string().optional(),
    // 0 and 1 are no worker's: a signal to them would reach others.
    pid: z.number().int().min(2),
    startedAt: z.string().min(1),
  }),
  runId: z.string(),
  operation: z.enum(['create', 'update', 'destroy']),
  planSha256: z.string(),
  launchedAt: z.iso.datetime(),
  folder: z.string(),
  credentialsUntil: z.iso.datetime().optional(),
  isComplete: z.boolean().optional(),
});

/** The last process that was to change an environment, kept beside its state where every back end can read it. */
export class Workers {
  readonly #store: StateStore;
  readonly #key: string;

  static create(store: StateStore, environmentId: string): Workers {
    return new Workers(store, environmentId);
  }

  private constructor(store: StateStore, environmentId: string) {
    this.#store = store;
    this.#key = `environments/${environmentId}/worker.json`;
  }

  /** @throws StepFailedError where what is kept is not a worker: whoever may write to the bucket may have written it. */
  async read(signal?: AbortSignal): Promise<Worker | undefined> {
    const body = await this.#store.get(this.#key, signal);
    return body && this.#parsed(body.toString('utf8'));
  }

  #parsed(text: string): Worker {
    try {
      return workerSchema.parse(JSON.parse(text));
    } catch {
      throw this.refusal('it is not what this portal writes');
    }
  }

  refusal(why: string): StepFailedError {
    return new StepFailedError(
      {
        code: 'terraform.worker-record-refused',
        message: `The record ${this.#key} in ${
          this.#store.bucket
        } of Terraform's last process is not used: ${why}. Nothing was changed.`,
        mend: 'Look who wrote it, make sure that no Terraform works on this environment, delete the record, then retry the step.',
      },
      { retryable: true },
    );
  }

  async write(worker: Worker): Promise<void> {
    await this.#store.put(this.#key, JSON.stringify(worker));
  }
}
