import { createParser, type EventSourceMessage } from 'eventsource-parser';
import type { RunEvent } from '@slipway/plugin-runs-common';

/** Longer silence than this means that the connection is dead: the back end says something every 15 s. */
const SILENCE_MS = 45_000;

/**
 * The run events in a `text/event-stream`, as they come, until `event: end`.
 *
 * @throws Error when the connection breaks, falls silent or ends before its time.
 */
export async function* readEventStream(
  body: ReadableStream<Uint8Array>,
  silenceMs = SILENCE_MS,
): AsyncGenerator<RunEvent> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  const messages: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: message => messages.push(message) });
  try {
    for (;;) {
      const { value, done } = await withDeadline(reader.read(), silenceMs);
      if (done) {
        throw new Error('The stream of events ended before the run did');
      }
      parser.feed(value);
      for (const message of messages.splice(0)) {
        if (message.event === 'end') {
          return;
        }
        if (message.event === 'run-event') {
          yield JSON.parse(message.data) as RunEvent;
        }
      }
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

async function withDeadline<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`Nothing was heard for ${ms / 1_000} s`)),
      ms,
    );
  });
  try {
    return await Promise.race([promise, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
