import { isSettledRunState } from '@slipway/plugin-runs-common';
import type { RunEvent } from '@slipway/plugin-runs-common';
import { Bell } from '../engine/Bell';
import type { RunClock } from '../engine/RunClock';
import type { RunNotifier } from '../engine/RunNotifier';
import type { DatabaseRunStore } from '../store/DatabaseRunStore';

/**
 * Reads a run's events as they come. News from this process arrives by a ring; those of other back ends are found by
 * looking every `pollMs`, which asks nothing of the connection (no LISTEN), so every kind of pooler will do.
 *
 * Ends when the run is settled and everything was yielded, or when `signal` aborts.
 */
export async function* followRun(options: {
  clock: RunClock;
  store: DatabaseRunStore;
  notifier: RunNotifier;
  runId: string;
  after: number;
  signal: AbortSignal;
  pollMs: number;
}): AsyncGenerator<RunEvent[], void, void> {
  const { store, notifier, runId, signal, pollMs } = options;
  const bell = new Bell(options.clock);
  const wake = () => bell.ring();
  const unsubscribe = notifier.subscribe(runId, wake);
  signal.addEventListener('abort', wake);
  let seen = options.after;
  try {
    while (!signal.aborted) {
      // The state first: what is settled now has written all its events.
      const head = await store.head(runId);
      const events =
        head.lastSequence > seen
          ? await store.events(runId, { after: seen })
          : [];
      if (events.length > 0) {
        seen = events.at(-1)!.sequence;
        yield events;
      } else if (isSettledRunState(head.state)) {
        return;
      } else {
        await bell.wait(pollMs);
      }
    }
  } finally {
    unsubscribe();
    signal.removeEventListener('abort', wake);
  }
}
