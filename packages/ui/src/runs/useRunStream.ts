import { useCallback, useEffect, useRef, useState } from 'react';
import {
  isSettledRunState,
  type Run,
  type RunEvent,
} from '@slipway/plugin-runs-common';
import { addEvents, startPicture, type RunPicture } from './model';

/** Where a run's events come from. @public */
export interface RunSource {
  /** The run as it stands and its events so far. */
  load: () => Promise<{ run: Run; events: RunEvent[] }>;
  /** Events after a sequence, as they come; ends when the run is settled. */
  stream: (options: {
    after: number;
    signal: AbortSignal;
  }) => AsyncIterable<RunEvent>;
}

/**
 * - `loading`: nothing is known yet.
 * - `live`: events come as they happen.
 * - `reconnecting`: the connection broke; what is shown may be old.
 * - `ended`: the run is settled.
 * - `failed`: the first reading failed; see `error`.
 *
 * @public
 */
export type RunConnection =
  | 'loading'
  | 'live'
  | 'reconnecting'
  | 'ended'
  | 'failed';

/** @public */
export interface RunStream {
  picture?: RunPicture;
  connection: RunConnection;
  error?: unknown;
  /** Reads all anew and follows again, e.g. after a retry reopened the run. */
  restart: () => void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
/** Events that come within this time are drawn at once. */
const BATCH_MS = 200;

/**
 * Follows a run: reads it once, then takes its events as they come. A broken connection is taken up again after the
 * last event seen, waiting longer each time; an event is counted once, whatever is sent twice; a gap is read again.
 *
 * @param runId - whose; another one starts anew.
 * @param source - where its events come from; should not change while the run is the same.
 * @public
 */
export function useRunStream(runId: string, source: RunSource): RunStream {
  const [state, setState] = useState<Omit<RunStream, 'restart'>>({
    connection: 'loading',
  });
  const [turn, setTurn] = useState(0);
  const sourceRef = useRef(source);
  sourceRef.current = source;

  useEffect(() => {
    const abort = new AbortController();
    setState(old =>
      old.picture?.run.id === runId ? old : { connection: 'loading' },
    );
    follow(sourceRef.current, abort.signal, update => {
      if (!abort.signal.aborted) {
        setState(old => ({ ...old, error: undefined, ...update }));
      }
    });
    return () => abort.abort();
  }, [runId, turn]);

  const restart = useCallback(() => setTurn(old => old + 1), []);
  return { ...state, restart };
}

/** Carries what was read before the connection broke, so that nothing is read twice. */
class BrokenStream extends Error {
  constructor(
    readonly cause: unknown,
    readonly picture: RunPicture,
    readonly progressed: boolean,
  ) {
    super('The stream of events broke');
  }
}

async function follow(
  source: RunSource,
  signal: AbortSignal,
  tell: (update: Omit<Partial<RunStream>, 'restart'>) => void,
): Promise<void> {
  let picture: RunPicture | undefined;
  let waitMs = FIRST_WAIT_MS;
  while (!signal.aborted) {
    try {
      if (!picture) {
        const first = await source.load();
        picture = startPicture(first.run, first.events);
      }
      tell({
        picture,
        connection: isSettledRunState(picture.run.state) ? 'ended' : 'live',
      });
      if (isSettledRunState(picture.run.state)) {
        return;
      }
      const before: number = picture.run.lastSequence;
      picture = await readStream(source, picture, signal, tell);
      if (isSettledRunState(picture.run.state)) {
        tell({ picture, connection: 'ended' });
        return;
      }
      waitMs =
        picture.run.lastSequence > before ? FIRST_WAIT_MS : longer(waitMs);
      tell({ picture, connection: 'reconnecting' });
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      if (error instanceof BrokenStream) {
        waitMs = error.progressed ? FIRST_WAIT_MS : waitMs;
        picture = error.picture;
      }
      if (!picture) {
        tell({ connection: 'failed', error });
        return;
      }
      tell({ picture, connection: 'reconnecting', error });
      waitMs = longer(waitMs);
    }
    await sleep(waitMs, signal);
  }
}

async function readStream(
  source: RunSource,
  start: RunPicture,
  signal: AbortSignal,
  tell: (update: Omit<Partial<RunStream>, 'restart'>) => void,
): Promise<RunPicture> {
  let picture = start;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const draw = () => {
    timer = undefined;
    tell({ picture, connection: 'live' });
  };
  const after = lastOf(picture);
  try {
    for await (const event of source.stream({ after, signal })) {
      const added = addEvents(picture, [event]);
      picture = added.picture;
      if (added.missingAfter !== undefined) {
        break;
      }
      timer ??= setTimeout(draw, BATCH_MS);
    }
  } catch (error) {
    throw new BrokenStream(error, picture, lastOf(picture) > after);
  } finally {
    clearTimeout(timer);
  }
  return picture;
}

function lastOf(picture: RunPicture): number {
  const { events } = picture;
  return events.length ? events[events.length - 1].sequence : 0;
}

function longer(waitMs: number): number {
  return Math.min(LONGEST_WAIT_MS, waitMs * 2);
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
