import { EventEmitter } from 'node:events';

/** Tells those in this process who follow a run that there is something new. */
export class RunNotifier {
  readonly #emitter = new EventEmitter().setMaxListeners(0);

  changed(runId: string): void {
    this.#emitter.emit(runId);
  }

  /** @returns a function that ends it. */
  subscribe(runId: string, listener: () => void): () => void {
    this.#emitter.on(runId, listener);
    return () => this.#emitter.off(runId, listener);
  }
}
