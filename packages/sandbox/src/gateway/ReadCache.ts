import type { IncomingHttpHeaders } from 'node:http';

/** An answer that can be given again. */
interface KeptAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const ENTRIES = 300;
/** Larger answers are not kept. */
export const KEPT_BYTES = 64 * 1024;

/** The last answer to each of the latest reads, for reads that are to look stale. */
export class ReadCache {
  readonly #answers = new Map<string, KeptAnswer>();

  get(key: string): KeptAnswer | undefined {
    return this.#answers.get(key);
  }

  put(key: string, answer: KeptAnswer): void {
    this.#answers.delete(key);
    this.#answers.set(key, answer);
    if (this.#answers.size > ENTRIES) {
      this.#answers.delete(this.#answers.keys().next().value!);
    }
  }
}
