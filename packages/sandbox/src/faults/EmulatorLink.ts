import { setTimeout as delay } from 'node:timers/promises';
import { type EmulatedFaults, emulatedFaults } from './darkness';
import type { FaultBook } from './FaultBook';

const TELL_AGAIN_MS = 500;
const TIMEOUT_MS = 5_000;

/** Keeps the emulator's idea of what is dark the same as the book's, whoever of them was restarted. */
export class EmulatorLink {
  readonly #url: string;
  readonly #faults: FaultBook;
  #telling: Promise<void> | undefined;
  #isStopped = false;

  /** Resolves when the emulator knows. */
  static async start(emulatorUrl: string, faults: FaultBook) {
    const link = new EmulatorLink(emulatorUrl, faults);
    faults.onChange(() => link.tell());
    await link.tell();
    return link;
  }

  private constructor(emulatorUrl: string, faults: FaultBook) {
    this.#url = `${emulatorUrl}/_slipway/darkness`;
    this.#faults = faults;
  }

  /** Resolves when the emulator has what the book has, or the link was stopped. */
  tell(): Promise<void> {
    this.#telling ??= this.#tellUntilHeard().finally(() => {
      this.#telling = undefined;
    });
    return this.#telling;
  }

  /** Tells again where the emulator thinks otherwise, as it does when it was reset. */
  async compare(known: EmulatedFaults): Promise<void> {
    if (JSON.stringify(known) !== this.#wanted()) {
      await this.tell();
    }
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#telling;
  }

  #wanted(): string {
    return JSON.stringify(emulatedFaults(this.#faults.list()));
  }

  async #tellUntilHeard(): Promise<void> {
    for (let told = ''; !this.#isStopped; ) {
      const wanted = this.#wanted();
      if (told === wanted) {
        return;
      }
      if (await this.#isHeard(wanted)) {
        told = wanted;
      } else {
        await delay(TELL_AGAIN_MS);
      }
    }
  }

  async #isHeard(body: string): Promise<boolean> {
    try {
      const answer = await fetch(this.#url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return answer.ok;
    } catch {
      return false;
    }
  }
}
