import type { ProcessFault, Schedule } from './schedule';
import { SimulatedProcess } from './SimulatedProcess';
import type { World } from './World';

const SHUTDOWN_MS = 15_000;

/** The back ends: places where a process runs, and another after it when it is gone. */
export class Processes {
  /** Those that are gone, too: what they sent may still be under way. */
  readonly all: SimulatedProcess[] = [];
  readonly #slots: SimulatedProcess[] = [];
  readonly #clocks: Schedule['processes'];
  readonly #world: World;

  constructor(world: World, clocks: Schedule['processes']) {
    this.#world = world;
    this.#clocks = clocks;
  }

  startAll(): void {
    this.#clocks.forEach((_, slot) => this.#start(slot));
  }

  at(number: number): SimulatedProcess {
    return this.#slots[number % this.#slots.length];
  }

  slotOf(process: SimulatedProcess): number {
    return this.#slots.indexOf(process);
  }

  /** One that answers, if any does. */
  any(from: number): SimulatedProcess | undefined {
    return this.#slots
      .map((_, index) => this.at(index + from))
      .find(process => process.isAwake && !process.hasEnded);
  }

  /** Another process with the same name, while the first goes on. */
  twin(process: SimulatedProcess): void {
    this.#slots.push(this.#create(this.slotOf(process)));
  }

  async befall(process: SimulatedProcess, fault: ProcessFault): Promise<void> {
    if (fault.do === 'freeze') {
      process.freeze(fault.ms, fault.clocks);
    } else if (!process.isDead) {
      await process.kill(fault.machine);
      const slot = this.slotOf(process);
      this.#world.time.after(fault.awayMs, () => {
        if (this.#slots[slot].isDead) {
          this.#start(slot);
        }
      });
    }
  }

  /** A new version takes its place once it had time to shut down. */
  deploy(process: SimulatedProcess): void {
    const slot = this.slotOf(process);
    process.shutDown();
    this.#world.time.after(SHUTDOWN_MS, () => {
      this.#world.gate.add({
        label: `${process.writer} is replaced`,
        isOn: () => true,
        perform: async () => {
          if (this.#slots[slot] === process && !process.isDead) {
            await process.kill(false);
            this.#start(slot);
          }
        },
      });
    });
  }

  async cutSessions(): Promise<void> {
    for (const process of this.all) {
      await process.cutSessions();
    }
  }

  async endIdleTransactions(): Promise<void> {
    for (const process of this.all) {
      await process.endIdle();
    }
  }

  /** All of them run again, and hear the database. */
  heal(): void {
    for (const [slot, process] of this.#slots.entries()) {
      process.thaw();
      process.reconnect();
      if (process.isDead || process.hasEnded) {
        this.#start(slot);
      }
    }
  }

  #start(slot: number): void {
    this.#slots[slot] = this.#create(slot);
  }

  #create(slot: number): SimulatedProcess {
    const name = `p${slot}`;
    const process = new SimulatedProcess(this.#world, {
      ...this.#clocks[slot % this.#clocks.length],
      name,
      writer: `${name}.${this.all.length}`,
    });
    this.all.push(process);
    process.engine.start();
    return process;
  }
}
