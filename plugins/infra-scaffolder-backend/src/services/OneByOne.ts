/**
 * Does one thing after another, so that a crowd waits here and not, each with a connection to the database in hand, at a
 * lock.
 */
export class OneByOne {
  #previous: Promise<unknown> = Promise.resolve();

  async do<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#previous.then(work);
    this.#previous = mine.catch(() => undefined);
    return mine;
  }
}
