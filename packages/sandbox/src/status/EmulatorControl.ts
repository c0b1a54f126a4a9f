import type { EmulatorStatus } from './types';

/** What the emulator's own address answered. */
export interface ControlAnswer {
  status: number;
  body: unknown;
}

const TIMEOUT_MS = 2_000;
const NOTHING: EmulatorStatus = {
  resourceTypes: [],
  services: { emulated: [], refused: [] },
  lag: {},
};

/** The emulator's own addresses, as far as a person steers it. */
export class EmulatorControl {
  readonly #url: string;

  constructor(emulatorUrl: string) {
    this.#url = `${emulatorUrl}/_slipway`;
  }

  /** Passes a call on; `body` is left out of a GET. */
  async call(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<ControlAnswer> {
    const answer = await fetch(`${this.#url}/${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: method === 'GET' ? undefined : JSON.stringify(body ?? {}),
    });
    return { status: answer.status, body: await answer.json() };
  }

  /** Empty while it does not answer. */
  async status(): Promise<EmulatorStatus> {
    try {
      const [health, { lag }] = await Promise.all([
        this.#read<Omit<EmulatorStatus, 'lag'>>('health'),
        this.#read<Pick<EmulatorStatus, 'lag'>>('lag'),
      ]);
      const { resourceTypes, services } = health;
      const emulated = [...services.emulated, 'fis'].sort();
      const refused = services.refused.filter(name => name !== 'fis');
      return { resourceTypes, services: { emulated, refused }, lag };
    } catch {
      return NOTHING;
    }
  }

  async #read<T>(path: string): Promise<T> {
    const answer = await fetch(`${this.#url}/${path}`, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return (await answer.json()) as T;
  }
}
