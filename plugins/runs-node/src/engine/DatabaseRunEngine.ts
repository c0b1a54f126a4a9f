import type { LoggerService } from '@backstage/backend-plugin-api';
import { ConflictError, InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { Run, RunCommand, RunEvent } from '@slipway/plugin-runs-common';
import type { Knex } from 'knex';
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { findGraphProblem } from '../state/graph';
import { CallStore } from '../store/CallStore';
import { DatabaseRunStore } from '../store/DatabaseRunStore';
import { LeaseStore, type Claim } from '../store/LeaseStore';
import { RunDatabase } from '../store/RunDatabase';
import { followRun } from '../stream/followRun';
import type {
  NewRun,
  RunEngine,
  RunFilter,
  RunKind,
  StepHandler,
} from '../types';
import { Driver } from './Driver';
import { LeaseKeeper } from './LeaseKeeper';
import type { RunProbe } from './probe';
import { systemClock, type RunClock } from './RunClock';
import { RunNotifier } from './RunNotifier';
import { Scheduler } from './Scheduler';

const FOLLOW_POLL_MS = 700;

/** @public */
export interface DatabaseRunEngineOptions {
  /** Of the plugin's own PostgreSQL database, after {@link migrateRuns}. */
  knex: Knex;
  logger: LoggerService;
  /** Names this back end in histories; must differ between back ends. Default: host, process and a random part. */
  instanceId?: string;
  /** How long a run stays with a back end that no longer answers. Default 10. */
  leaseSeconds?: number;
  /** How often to look for runs that another back end made or left. Default 1. */
  pollSeconds?: number;
  /** Runs driven at once by this back end; others wait in the queue. Default 100. */
  maxConcurrentRuns?: number;
  /** How long a handler that is asked to end may take before it is left alone. Default 20. */
  graceSeconds?: number;
  /** Pauses before each further try of a call whose answer was lost. Default 0.5, 1, 2, 4 and 8 s. */
  lostCallDelaysMs?: number[];
  /** For tests. */
  probe?: RunProbe;
  /** For tests. */
  clock?: RunClock;
}

/**
 * {@link RunEngine} on PostgreSQL. Several back ends may share a database: each run is driven by one of them.
 * @public
 */
export class DatabaseRunEngine implements RunEngine {
  readonly #clock: RunClock;
  readonly #logger: LoggerService;
  readonly #database: RunDatabase;
  readonly #store: DatabaseRunStore;
  readonly #scheduler: Scheduler;
  readonly #notifier = new RunNotifier();
  readonly #kinds = new Map<string, RunKind>();
  readonly #handlers = new Map<string, StepHandler>();
  readonly #ended = new AbortController();

  private constructor(options: DatabaseRunEngineOptions) {
    const { knex, logger, leaseSeconds = 10, pollSeconds = 1 } = options;
    const { clock = systemClock } = options;
    this.#clock = clock;
    this.#logger = logger;
    this.#database = RunDatabase.create({
      knex,
      probe: options.probe,
      silentSeconds: leaseSeconds,
      onEvents: events => this.#tell(events),
      onDeath: () => this.#ended.abort(),
    });
    this.#store = DatabaseRunStore.create(this.#database);
    const calls = CallStore.create(this.#database);
    const leases = LeaseStore.create(this.#database);
    const shared = {
      clock,
      database: this.#database,
      logger,
      leases,
      leaseSeconds,
      pollSeconds,
    };
    this.#scheduler = Scheduler.create({
      ...shared,
      driver: options.instanceId ?? defaultInstanceId(),
      kinds: () => [...this.#kinds.keys()],
      maxConcurrentRuns: options.maxConcurrentRuns ?? 100,
      createDriver: (claim: Claim) =>
        Driver.create({
          ...shared,
          store: this.#store,
          calls,
          lease: LeaseKeeper.create(claim, shared),
          handlers: this.#handlers,
          kind: this.#kinds.get(claim.kind)!,
          graceSeconds: options.graceSeconds ?? 20,
          lostCallDelaysMs: options.lostCallDelaysMs ?? [
            500, 1000, 2000, 4000, 8000,
          ],
        }),
    });
  }

  static create(options: DatabaseRunEngineOptions): DatabaseRunEngine {
    return new DatabaseRunEngine(options);
  }

  registerKind(kind: RunKind): void {
    if (this.#kinds.has(kind.kind)) {
      throw new ConflictError(`Run kind '${kind.kind}' is registered already`);
    }
    this.#kinds.set(kind.kind, kind);
  }

  registerStep<I extends JsonObject, O extends JsonObject>(
    handler: StepHandler<I, O>,
  ): void {
    if (this.#handlers.has(handler.type)) {
      throw new ConflictError(
        `Step type '${handler.type}' is registered already`,
      );
    }
    this.#handlers.set(handler.type, handler as unknown as StepHandler);
  }

  async start(): Promise<void> {
    this.#scheduler.start();
  }

  async stop(): Promise<void> {
    this.#ended.abort();
    await this.#scheduler.stop();
  }

  async create(run: NewRun, tx?: Knex.Transaction): Promise<Run> {
    this.#assertCreatable(run);
    const created = await this.#store.insert(run, tx);
    if (tx) {
      tx.executionPromise.then(
        () => this.#changed(created.id),
        () => {},
      );
    } else {
      this.#changed(created.id);
    }
    return created;
  }

  async get(runId: string): Promise<Run> {
    return this.#store.get(runId);
  }

  async list(filter: RunFilter): Promise<Run[]> {
    return this.#store.list(filter);
  }

  async events(
    runId: string,
    options?: { after?: number; limit?: number },
  ): Promise<RunEvent[]> {
    return this.#store.events(runId, options);
  }

  follow(
    runId: string,
    options: { after?: number; signal: AbortSignal },
  ): AsyncIterable<RunEvent[]> {
    return followRun({
      clock: this.#clock,
      store: this.#store,
      notifier: this.#notifier,
      runId,
      after: options.after ?? 0,
      signal: AbortSignal.any([options.signal, this.#ended.signal]),
      pollMs: FOLLOW_POLL_MS,
    });
  }

  async command(
    runId: string,
    command: RunCommand,
    actor: string,
  ): Promise<Run> {
    const run = await this.#store.command(runId, command, actor, kind =>
      this.#kinds.get(kind),
    );
    this.#changed(runId);
    return run;
  }

  #assertCreatable(run: NewRun) {
    if (!this.#kinds.has(run.kind)) {
      throw new InputError(
        `Runs of kind '${run.kind}' are not known here; register the kind first`,
      );
    }
    const problem = findGraphProblem(run.steps);
    if (problem) {
      throw new InputError(`'${run.title}' cannot run: ${problem}`);
    }
    const unknown = run.steps.find(step => !this.#handlers.has(step.type));
    if (unknown) {
      throw new InputError(
        `'${run.title}' cannot run: nothing here knows steps of type '${unknown.type}' (step '${unknown.id}'); register it first`,
      );
    }
  }

  #changed(runId: string) {
    this.#notifier.changed(runId);
    this.#scheduler.ring(runId);
  }

  #tell(events: RunEvent[]) {
    for (const event of events) {
      const { runId, sequence, code, level, stepId, message } = event;
      const logLevel = level === 'warning' ? 'warn' : level;
      this.#logger[logLevel](message, {
        runId,
        sequence,
        code,
        ...(stepId && { stepId }),
      });
    }
    this.#notifier.changed(events[0].runId);
  }
}

function defaultInstanceId(): string {
  return `${hostname()}-${process.pid}-${randomBytes(3).toString('hex')}`;
}
