import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 250;
const LONGEST_WAIT_MS = 10 * 60_000;

function errorName(error: unknown): string {
  return (error as Error | undefined)?.name ?? '';
}

/** Makes something that AWS makes once under its name; what is there already stays as it is. */
export async function unlessThere(make: () => Promise<unknown>): Promise<void> {
  try {
    await make();
  } catch (error) {
    if (
      !/AlreadyExist|AlreadyOwnedByYou|^EntityAlreadyExists|ResourceExists/.test(
        errorName(error),
      )
    ) {
      throw error;
    }
  }
}

/** What a read answers; undefined where AWS says that there is no such thing. */
export async function orNothing<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    const { message } = error as Error;
    if (
      /NotFound|NoSuch|DoesNotExist/.test(errorName(error)) ||
      /does not exist/.test(message)
    ) {
      return undefined;
    }
    throw error;
  }
}

/** Asks until the answer is yes. */
export async function until(
  what: string,
  signal: AbortSignal,
  isSo: () => Promise<boolean>,
): Promise<void> {
  const end = Date.now() + LONGEST_WAIT_MS;
  while (!(await isSo())) {
    signal.throwIfAborted();
    if (Date.now() > end) {
      throw new Error(`Waited in vain for ${what}.`);
    }
    await sleep(POLL_MS, undefined, { signal });
  }
}
