import type { LoggerService } from '@backstage/backend-plugin-api';
import { DatabaseRunEngine } from '../../engine/DatabaseRunEngine';
import { simulatedHandlers } from './handlers';
import { Session, simulatedKnex } from './database/Session';
import { ProcessClock, type FrozenClocks } from './VirtualTime';
import type { World } from './World';

export const KIND = 'simulated';
export const LEASE_SECONDS = 10;
const POLL_SECONDS = 5;
const GRACE_SECONDS = 6;

const silent: LoggerService = {
  error: () => {},
  warn: () => {},
  info: () => {},
  debug: () => {},
  child: () => silent,
};

/** One process of a back end, with a real engine in it. It can be stopped, put to sleep, cut off, and killed. */
export class SimulatedProcess {
  readonly name: string;
  /** Unlike the engine's name for itself, no two processes share it. */
  readonly writer: string;
  readonly clock: ProcessClock;
  readonly engine: DatabaseRunEngine;
  readonly #world: World;
  readonly #sessions: Session[] = [];
  #isDead = false;
  #isFrozen = false;
  #isCutOff = false;
  #froze = -1;
  #wasSetBack = false;
  #stoodStill = false;
  #isDeceived = false;
  #hasEnded = false;

  constructor(
    world: World,
    options: {
      name: string;
      writer: string;
      rate: number;
      wallOffsetMs: number;
    },
  ) {
    this.#world = world;
    this.name = options.name;
    this.writer = options.writer;
    this.clock = new ProcessClock({
      ...options,
      time: world.time,
      isOn: () => this.isAwake,
    });
    this.engine = DatabaseRunEngine.create({
      knex: simulatedKnex(this, world),
      logger: silent,
      clock: this.clock,
      instanceId: options.name,
      leaseSeconds: LEASE_SECONDS,
      pollSeconds: POLL_SECONDS,
      graceSeconds: GRACE_SECONDS,
    });
    this.engine.registerKind({
      kind: KIND,
      onSettled: async (run, state, tx) => {
        await tx('ends').insert({ run_id: run.id, state });
        if (world.settlingFails()) {
          throw new Error('Not now');
        }
      },
    });
    simulatedHandlers(this, world).forEach(handler =>
      this.engine.registerStep(handler),
    );
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  get isAwake(): boolean {
    return !this.#isDead && !this.#isFrozen;
  }

  get canHearDatabase(): boolean {
    return this.isAwake && !this.#isCutOff;
  }

  /** Whether it was told to shut down. */
  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** Whether its clocks have hidden from it that it slept. */
  get isDeceived(): boolean {
    return this.#isDeceived;
  }

  /** Whether it was frozen at that step of the simulation or after. */
  frozeSince(step: number): boolean {
    return this.#froze >= step;
  }

  opened(session: Session): Session {
    this.#sessions.push(session);
    return session;
  }

  freeze(milliseconds: number, clocks: FrozenClocks): void {
    if (!this.isAwake) {
      return;
    }
    const began = this.#world.time.nowMs;
    this.#isFrozen = true;
    this.#froze = this.#world.steps;
    this.#stoodStill ||= clocks !== 'none';
    this.#isDeceived ||=
      clocks === 'both' || (this.#stoodStill && this.#wasSetBack);
    this.#world.time.after(milliseconds, () => this.thaw());
    this.#thawed = () =>
      this.clock.stoodStill(this.#world.time.nowMs - began, clocks);
  }

  #thawed = () => {};

  thaw(): void {
    if (this.#isFrozen) {
      this.#froze = this.#world.steps;
      this.#isFrozen = false;
      this.#thawed();
    }
  }

  cutOff(milliseconds: number): void {
    this.#isCutOff = true;
    this.#world.time.after(milliseconds, () => this.reconnect());
  }

  reconnect(): void {
    this.#isCutOff = false;
  }

  setWall(byMs: number): void {
    this.#wasSetBack ||= byMs < 0;
    this.#isDeceived ||= this.#stoodStill && this.#wasSetBack;
    this.clock.setWall(byMs);
  }

  shutDown(): void {
    this.#hasEnded = true;
    this.engine.stop().catch(error => this.#world.fail(`stop: ${error}`));
  }

  /** Nothing more is heard of it. Where its machine died, the server does not learn that its connections are gone. */
  async kill(isMachine: boolean): Promise<void> {
    this.#isDead = true;
    if (!isMachine) {
      await this.cutSessions();
    }
  }

  async cutSessions(): Promise<void> {
    for (const session of this.#sessions) {
      await session.cut();
    }
  }

  async endIdle(): Promise<void> {
    for (const session of this.#sessions) {
      await session.endWhenIdle();
    }
  }
}
