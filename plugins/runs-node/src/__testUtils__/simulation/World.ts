import type { RunState } from '@slipway/plugin-runs-common';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Faults } from './Faults';
import { Gate, type Operation } from './Gate';
import { Notes } from './checks/Notes';
import { People } from './People';
import type { PostgresServer } from './database/PostgresServer';
import type { Happening, Moment, Schedule, StatementFault } from './schedule';
import { SimulatedAws } from './SimulatedAws';
import { Processes } from './Processes';
import type { SimulatedProcess } from './SimulatedProcess';
import { VirtualTime } from './VirtualTime';

const MOST_STEPS = 6000;
/** Longer than the longest program may take once nothing goes wrong any more. */
const REST_WITHIN_MS = 300_000;
const MOST_MENDINGS = 30;
const PATIENT_MENDINGS = 4;
/** How long something that could go through may be passed over. */
const LONGEST_DELAY_MS = 1500;

/** One course of events: real engines, a real database and simulated everything else, one thing at a time. */
export class World {
  readonly time = new VirtualTime();
  readonly gate = new Gate(() => this.time.nowMs);
  readonly aws = new SimulatedAws(this);
  readonly notes = new Notes(this);
  readonly people = new People(this);
  readonly faults = new Faults();
  readonly processes: Processes;
  readonly server: PostgresServer;
  readonly failures: string[] = [];
  /** What happened, in order. */
  readonly trace: string[] = [];
  readonly #schedule: Schedule;
  readonly #happenings: Happening[];
  readonly #checks: Array<Promise<void>> = [];
  readonly #arrived: Array<{
    order: number;
    operation: Omit<Operation, 'sinceMs'>;
  }> = [];
  #steps = 0;
  #picked = 0;
  #order = 0;
  #databaseDownUntil = 0;
  #calmSinceMs: number | undefined;
  #mendings = 0;
  #idle = 0;

  constructor(server: PostgresServer, schedule: Schedule) {
    this.server = server;
    this.processes = new Processes(this, schedule.processes);
    this.#schedule = schedule;
    this.#happenings = [...schedule.happenings].sort((a, b) => a.at - b.at);
  }

  get steps(): number {
    return this.#steps;
  }

  get isDatabaseDown(): boolean {
    return this.time.nowMs < this.#databaseDownUntil;
  }

  nextOrder(): number {
    this.#order += 1;
    return this.#order;
  }

  /** Something reached a process; which of several that came at once was first is not left to chance. */
  arrive(order: number, operation: Omit<Operation, 'sinceMs'>): void {
    this.#arrived.push({ order, operation });
  }

  fail(what: string): void {
    this.failures.push(`${what} (step ${this.#steps})`);
  }

  failIfDriver(process: SimulatedProcess, runId: string, what: string): void {
    this.#checks.push(
      this.server
        .look<{ writer: string }>(
          `select claims.writer from claims join runs on runs.id = claims.run_id and runs.fence = claims.fence
           where runs.id = $1`,
          [runId],
        )
        .then(([holder]) => {
          if (holder?.writer === process.writer) {
            this.fail(what);
          }
        }),
    );
  }

  statementFault(process: SimulatedProcess): StatementFault | undefined {
    return this.faults.statement(this.processes.slotOf(process));
  }

  awsFault(isRead: boolean) {
    return this.faults.aws(isRead);
  }

  settlingFails(): boolean {
    return this.faults.settling();
  }

  async run(): Promise<void> {
    this.processes.startAll();
    this.#schedule.runs.forEach(steps => this.people.create(steps));
    let goesOn = true;
    while (goesOn && this.#steps < MOST_STEPS && this.failures.length === 0) {
      await this.#settle();
      goesOn = await this.#step();
      this.#steps += 1;
    }
    if (this.#steps >= MOST_STEPS) {
      this.fail(`It is not at rest after ${MOST_STEPS} steps`);
    }
    await Promise.all(this.#checks);
  }

  /** Leaves the database as it was found. */
  async end(): Promise<void> {
    for (const process of this.processes.all) {
      await process.kill(false);
    }
    await this.server.untilStill();
  }

  async #settle(): Promise<void> {
    await nextTurn();
    this.#arrived.sort((a, b) => a.order - b.order);
    this.#arrived
      .splice(0)
      .forEach(({ operation }) => this.gate.add(operation));
  }

  async #step(): Promise<boolean> {
    while (this.#happenings[0]?.at <= this.#steps) {
      await this.#happen(this.#happenings.shift()!);
      await this.#settle();
    }
    const open = this.gate.open();
    const pick = this.#schedule.picks[this.#picked] ?? 0;
    this.#picked += 1;
    const choice = pick % (open.length + 1);
    if (open.length > 0 && (choice < open.length || !this.#mayPass(open))) {
      await this.#let(open[choice % open.length], (pick >> 8) % 4 === 3);
      return true;
    }
    if (open.length === 0 && !(await this.#isBusy())) {
      return this.#atRest();
    }
    return this.#advance();
  }

  /** Lets one thing through, and at once what comes of it, unless that takes a while. */
  async #let(operation: Operation, takesAWhile: boolean): Promise<void> {
    this.gate.take(operation);
    this.#note(operation.label);
    await operation.perform();
    await this.server.untilStill();
    const [first] = this.#arrived.sort((a, b) => a.order - b.order);
    if (first && !takesAWhile && first.operation.isOn()) {
      this.#arrived.shift();
      this.#note(first.operation.label);
      await first.operation.perform();
    }
  }

  #mayPass(open: Operation[]): boolean {
    const next = this.time.nextAtMs();
    return next !== undefined && next <= open[0].sinceMs + LONGEST_DELAY_MS;
  }

  async #advance(): Promise<boolean> {
    const went = this.time.advance();
    if (!went) {
      this.fail('Nothing can happen any more, and something is not at rest');
    }
    await this.processes.endIdleTransactions();
    await this.server.untilStill();
    if (
      this.#calmSinceMs !== undefined &&
      this.time.nowMs - this.#calmSinceMs > REST_WITHIN_MS
    ) {
      this.fail('A run did not come to rest although nothing goes wrong');
    }
    return went;
  }

  async #isBusy(): Promise<boolean> {
    if (
      this.server.isWaiting ||
      this.people.runIds.length < this.#schedule.runs.length
    ) {
      return true;
    }
    // It costs a look at the database, so not each time.
    this.#idle += 1;
    if (this.#idle % 3 !== 0) {
      return true;
    }
    const [{ busy }] = await this.server.look<{ busy: number }>(
      'select count(*)::int as busy from runs where claimable_at is not null',
    );
    return busy > 0;
  }

  /** Everything rests: the next happening comes, or the calm, or people who mend, or the end. */
  async #atRest(): Promise<boolean> {
    if (this.#happenings.length > 0) {
      this.#steps = Math.max(this.#steps, this.#happenings[0].at - 1);
      return true;
    }
    if (this.#calmSinceMs === undefined) {
      await this.#calm();
      return true;
    }
    const runs = await this.server.look<{ id: string; state: RunState }>(
      `select id, state from runs where state not in ('succeeded', 'cancelled') order by id`,
    );
    if (runs.length === 0) {
      return this.#letFollowersFinish();
    }
    if (this.#mendings >= MOST_MENDINGS) {
      this.fail(`It is still ${runs[0].state} after ${MOST_MENDINGS} mendings`);
      return false;
    }
    await this.#checkSignals();
    this.#mendings += 1;
    this.#calmSinceMs = this.time.nowMs;
    for (const run of runs) {
      const steps = await this.server.look<{ id: string; state: string }>(
        'select id, state from run_steps where run_id = $1 order by position',
        [run.id],
      );
      this.people.mend(
        this.processes.any(0)!,
        run,
        steps,
        this.#mendings <= PATIENT_MENDINGS,
      );
    }
    return true;
  }

  /** Before people mend it: nothing at rest waits for a signal that is there. */
  async #checkSignals(): Promise<void> {
    const overlooked = await this.server.look<{ id: string }>(
      `select run_steps.id from run_steps join run_signals using (run_id)
       where state = 'waiting' and waiting_for->>'signal' = run_signals.name and used_by is null`,
    );
    overlooked.forEach(({ id }) =>
      this.fail(`rest: ${id} waits for a signal that is there`),
    );
  }

  #letFollowersFinish(): boolean {
    if (
      this.people.followers.every(({ isDone }) => isDone) ||
      this.time.nowMs - this.#calmSinceMs! > REST_WITHIN_MS
    ) {
      return false;
    }
    return this.time.advance();
  }

  /** From here on nothing goes wrong. */
  async #calm(): Promise<void> {
    this.#note('calm');
    this.#calmSinceMs = this.time.nowMs;
    this.#databaseDownUntil = 0;
    this.faults.clear();
    this.processes.heal();
  }

  async #happen(happening: Happening): Promise<void> {
    this.#note(`* ${JSON.stringify(happening)}`);
    const process =
      'process' in happening ? this.processes.at(happening.process) : undefined;
    const runId =
      'run' in happening
        ? this.people.runIds[happening.run % this.people.runIds.length]
        : undefined;
    switch (happening.do) {
      case 'crash':
      case 'freeze':
        if (happening.when === 'now') {
          await this.processes.befall(process!, happening);
          await this.server.untilStill();
        } else {
          this.faults.armProcess(happening);
        }
        break;
      case 'partition':
        process!.cutOff(happening.ms);
        break;
      case 'twin':
        this.processes.twin(process!);
        break;
      case 'deploy':
        this.processes.deploy(process!);
        break;
      case 'set-wall':
        process!.setWall(happening.byMs);
        break;
      case 'statement':
        this.faults.armStatement(
          this.processes.slotOf(process!),
          happening.fault,
        );
        break;
      case 'database-restarts':
        this.#databaseDownUntil = this.time.nowMs + happening.ms;
        await this.processes.cutSessions();
        await this.server.untilStill();
        break;
      case 'aws':
        happening.faults.forEach(fault =>
          this.faults.armAws(fault, happening.ms),
        );
        break;
      case 'settling-fails':
        this.faults.armSettling();
        break;
      case 'follow':
        if (runId) {
          this.people.follow(runId, happening.process);
        }
        break;
      default:
        if (runId && process!.isAwake) {
          const steps =
            this.#schedule.runs[happening.run % this.#schedule.runs.length];
          this.people.command(
            process!,
            runId,
            happening.type,
            `s${happening.step % steps.length}`,
          );
        }
    }
  }

  /** A process is about to send, or to hear what came of it: the moments where dying hurts most. */
  async reached(process: SimulatedProcess, moment: Moment): Promise<void> {
    const happening = this.faults.process(moment);
    if (happening) {
      this.#note(`* ${JSON.stringify(happening)}`);
      await this.processes.befall(process, happening);
    }
  }

  #note(what: string): void {
    this.trace.push(`${this.#steps} ${this.time.elapsedMs} ms  ${what}`);
  }
}
