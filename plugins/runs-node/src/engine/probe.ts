/**
 * Told of every boundary that a run crosses: before and after each write, and around each side effect. For tests:
 * it may wait, to hold an engine where it is, or throw a {@link CrashError}, to kill it there.
 *
 * @public
 */
export interface RunProbe {
  /** @param boundary - e.g. `call.executed copy/PutObject`. */
  reached(boundary: string): void | Promise<void>;
}

/**
 * Thrown by a {@link RunProbe}, makes the engine behave as after kill -9 at that boundary: it writes nothing more,
 * lets go of no lease, and answers every further call with an error.
 *
 * @public
 */
export class CrashError extends Error {
  constructor(boundary: string) {
    super(`Killed at '${boundary}'`);
    this.name = 'CrashError';
  }
}
