import { InputError } from '@backstage/errors';
import { isSettledRunState } from '@slipway/plugin-runs-common';
import type { Request, Response } from 'express';
import { once } from 'node:events';
import type { RunEngine } from '../types';

const KEEP_ALIVE_SECONDS = 15;

/**
 * Answers a request with a run's events as a `text/event-stream`, from the sequence after `Last-Event-ID`, or after
 * the query's `after`, on. Each message has `id: <sequence>`, `event: run-event` and the event as `data`; a comment
 * every 15 s keeps the connection open; `event: end` says that the run is settled and everything was sent. A stream
 * that ends without it (a back end that shuts down, say) is to be opened again from the last id seen.
 *
 * Resolves when the stream has ended. The caller decides first who may see the run.
 *
 * @throws InputError for a malformed sequence, NotFoundError; nothing was written then.
 * @public
 */
export async function streamRunEvents(options: {
  engine: RunEngine;
  runId: string;
  req: Request;
  res: Response;
  keepAliveSeconds?: number;
}): Promise<void> {
  const { engine, runId, req, res } = options;
  const after = readAfter(req);
  await engine.get(runId);

  const gone = new AbortController();
  res.on('close', () => gone.abort());
  res.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    // `no-transform` also keeps compression, which would hold messages back, away.
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
  res.write(': run events\n\n');
  const keepAlive = setInterval(() => {
    if (!res.writableNeedDrain) {
      res.write(': keep-alive\n\n');
    }
  }, (options.keepAliveSeconds ?? KEEP_ALIVE_SECONDS) * 1000);

  try {
    let sent = after;
    for await (const events of engine.follow(runId, {
      after,
      signal: gone.signal,
    })) {
      for (const event of events) {
        await write(
          res,
          gone.signal,
          `id: ${event.sequence}\nevent: run-event\ndata: ${JSON.stringify(
            event,
          )}\n\n`,
        );
        sent = event.sequence;
      }
    }
    if (!gone.signal.aborted) {
      const run = await engine.get(runId);
      if (isSettledRunState(run.state) && run.lastSequence <= sent) {
        res.write('event: end\ndata: {}\n\n');
      }
    }
  } catch (error) {
    if (!gone.signal.aborted) {
      // The headers are out: all that can be said is that the stream broke off.
      res.destroy(error as Error);
    }
  } finally {
    clearInterval(keepAlive);
    res.end();
  }
}

function readAfter(req: Request): number {
  const given = req.header('last-event-id') || req.query.after;
  if (given === undefined || given === '') {
    return 0;
  }
  const after = typeof given === 'string' ? Number(given) : NaN;
  if (!Number.isSafeInteger(after) || after < 0 || after > 2 ** 31 - 1) {
    throw new InputError(
      `'after' must be the sequence of an event, a whole number from 0 on; it is '${given}'`,
    );
  }
  return after;
}

/** Waits where the browser reads more slowly than the run writes. */
async function write(res: Response, gone: AbortSignal, text: string) {
  if (gone.aborted || res.write(text)) {
    return;
  }
  try {
    await once(res, 'drain', { signal: gone });
  } catch (error) {
    if (!gone.aborted) {
      throw error;
    }
  }
}
