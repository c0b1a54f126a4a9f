import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ClientKind, Clients } from '../footprint/clients';
import { Sandbox } from '../../supervisor/Sandbox';
import { FREE_PORTS } from '../../supervisor/types';
import type { SystemState, WorldState } from '../types';

/** A sandbox of AWS and the systems in it, in a folder of its own, in which resources take next to no time. */
export class TestWorld {
  readonly dir: string;
  #sandbox: Sandbox | undefined;
  #clients: Clients | undefined;

  static async start(): Promise<TestWorld> {
    const world = new TestWorld(
      mkdtempSync(path.join(os.tmpdir(), 'slipway-world-')),
    );
    await world.restart();
    return world;
  }

  private constructor(dir: string) {
    this.dir = dir;
  }

  get sandbox(): Sandbox {
    return this.#sandbox!;
  }

  /** Starts again on the same state. */
  async restart(): Promise<void> {
    await this.#stop();
    this.#sandbox = Sandbox.create({
      parts: ['aws', 'world'],
      dir: this.dir,
      ports: FREE_PORTS,
      resourceSeconds: 0,
      durable: false,
    });
    await this.#sandbox.start();
    this.#clients = new Clients({
      endpoint: this.#sandbox.awsUrl!,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    await this.#sandbox.world!.whole();
    await this.until('the world is observed', state => state.isObserved);
  }

  /** A client of AWS as a person has it: through the gateway, with all that is wrong there. */
  client<Client extends { destroy(): void }>(
    kind: ClientKind<Client>,
    region: string,
  ): Client {
    return this.#clients!.of(kind, region);
  }

  system(name: string): SystemState {
    return this.sandbox.world!.view.current().systems[name];
  }

  /** Waits until the observer has seen it; seconds. */
  async until(
    what: string,
    isSo: (state: WorldState) => boolean,
    seconds = 20,
  ): Promise<void> {
    const { view } = this.sandbox.world!;
    const end = Date.now() + seconds * 1_000;
    while (!isSo(view.current())) {
      if (Date.now() > end) {
        throw new Error(
          `Not seen within ${seconds} s: ${what}. ${JSON.stringify(
            view.current(),
          )}`,
        );
      }
      await sleep(100);
    }
  }

  /** Turns the light of a region or a zone off, as `script/sandbox dark` does. */
  async darken(match: { region: string } | { zone: string }): Promise<void> {
    await this.#control('POST', {
      effect: { kind: 'dark', mode: 'drop' },
      match,
    });
  }

  async lighten(): Promise<void> {
    await this.#control('DELETE', { kind: 'dark' });
  }

  async end(): Promise<void> {
    await this.#stop();
    rmSync(this.dir, { recursive: true, force: true });
  }

  async #control(method: string, body: unknown): Promise<void> {
    const answer = await fetch(`${this.sandbox.awsUrl}/_slipway/faults`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) {
      throw new Error(await answer.text());
    }
  }

  async #stop(): Promise<void> {
    this.#clients?.destroy();
    await this.#sandbox?.stop();
  }
}
