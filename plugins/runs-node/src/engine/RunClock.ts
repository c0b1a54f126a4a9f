/**
 * The time of an engine's own process: how long a lease was held, and its pauses. Times that are kept are the
 * database's. For tests.
 *
 * @public
 */
export interface RunClock {
  /** Milliseconds since some start; never goes back, and may stand still while the machine sleeps. */
  monotonicMs(): number;
  /** Milliseconds since 1970, as far as this machine knows. */
  wallMs(): number;
  /** Calls back once. The function that it returns calls that off. */
  after(
    milliseconds: number,
    callback: () => void,
    options?: { keepsProcess?: boolean },
  ): () => void;
}

export const systemClock: RunClock = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  after: (milliseconds, callback, { keepsProcess = true } = {}) => {
    const timer = setTimeout(callback, milliseconds);
    if (!keepsProcess) {
      timer.unref();
    }
    return () => clearTimeout(timer);
  },
};

/** @throws the reason of `signal` when that aborts first. */
export async function pause(
  clock: RunClock,
  milliseconds: number,
  options: { signal?: AbortSignal; keepsProcess?: boolean } = {},
): Promise<void> {
  const { signal } = options;
  signal?.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const over = new AbortController();
    const callOff = clock.after(
      milliseconds,
      () => {
        over.abort();
        resolve();
      },
      options,
    );
    const onAbort = () => {
      callOff();
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', onAbort, { signal: over.signal });
  });
}
