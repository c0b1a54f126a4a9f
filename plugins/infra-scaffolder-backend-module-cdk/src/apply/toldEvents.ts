import { createHash } from 'node:crypto';
import type { StepContext } from '@slipway/plugin-runs-node';

const DIGEST_CHARACTERS = 10;

/**
 * Which of a stack's events a step has told already: kept in its checkpoint, short, because it is written with each
 * batch of news.
 */
export class ToldEvents {
  readonly #stackId: string;
  readonly #digests: Set<string>;

  static from(ctx: StepContext, stackId: string): ToldEvents {
    const kept = ctx.checkpoint?.told as
      | { stackId: string; events: string }
      | undefined;
    const digests = kept?.stackId === stackId ? kept.events : '';
    return new ToldEvents(
      stackId,
      new Set(digests.match(new RegExp(`.{${DIGEST_CHARACTERS}}`, 'g'))),
    );
  }

  private constructor(stackId: string, digests: Set<string>) {
    this.#stackId = stackId;
    this.#digests = digests;
  }

  has(eventId: string): boolean {
    return this.#digests.has(digestOf(eventId));
  }

  add(eventId: string): void {
    this.#digests.add(digestOf(eventId));
  }

  /** What goes into the checkpoint. */
  toCheckpoint() {
    return {
      told: { stackId: this.#stackId, events: [...this.#digests].join('') },
    };
  }
}

function digestOf(eventId: string): string {
  return createHash('sha256')
    .update(eventId)
    .digest('base64url')
    .slice(0, DIGEST_CHARACTERS);
}
