import type { StateStore } from '../state/StateStore';
import type { Worker } from './launchWorker';

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

  async read(signal?: AbortSignal): Promise<Worker | undefined> {
    const body = await this.#store.get(this.#key, signal);
    return body && JSON.parse(body.toString('utf8'));
  }

  async write(worker: Worker): Promise<void> {
    await this.#store.put(this.#key, JSON.stringify(worker));
  }
}
