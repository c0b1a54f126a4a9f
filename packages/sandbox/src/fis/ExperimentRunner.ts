import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import type { FaultBook } from '../faults/FaultBook';
import { AwsClients } from './AwsClients';
import { EFFECTS, endEffect } from './effects';
import {
  asStopping,
  hasEnded,
  nextSteps,
  settled,
  type Step,
  STOPPED_BY_ALARM,
} from './engine';
import type { FisStore } from './FisStore';
import type { ActionRun, Experiment, Template } from './model';
import { LISTERS } from './resources';
import { select } from './selection';

const LOOK_EVERY_MS = 200;
const REASON_LENGTH = 500;

function reasonOf(error: unknown): string {
  return (error as Error).message.slice(0, REASON_LENGTH);
}

/** Carries experiments on, one step after the other; after a restart from where they were. */
export class ExperimentRunner {
  readonly #store: FisStore;
  readonly #faults: FaultBook;
  readonly #endpoint: string;
  readonly #clients = new Map<string, AwsClients>();
  readonly #timer: NodeJS.Timeout;
  #working: Promise<void> | undefined;

  /** @param endpoint - of the emulator itself */
  constructor(store: FisStore, faults: FaultBook, endpoint: string) {
    this.#store = store;
    this.#faults = faults;
    this.#endpoint = endpoint;
    this.#timer = setInterval(() => this.look(), LOOK_EVERY_MS).unref();
  }

  /** Does what is due; resolves when it is done. */
  look(): Promise<void> {
    this.#working ??= this.#workOnAll().finally(() => {
      this.#working = undefined;
    });
    return this.#working;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#working;
  }

  async #workOnAll(): Promise<void> {
    this.#store.keepAgain();
    const open = [...this.#store.experiments.values()].filter(
      experiment => !hasEnded(experiment),
    );
    await Promise.all(open.map(({ id }) => this.#workOn(id)));
  }

  async #workOn(id: string): Promise<void> {
    if (this.#now(id).resolved === undefined) {
      await this.#resolve(id);
    }
    if (hasEnded(this.#now(id))) {
      return;
    }
    await this.#obeyAlarms(id);
    // A step may make another one due.
    for (let steps = this.#due(id); steps.length > 0; steps = this.#due(id)) {
      for (const step of steps) {
        await this.#take(id, step);
      }
      this.#store.putExperiment(settled(this.#now(id), Date.now()));
    }
    const before = this.#now(id);
    const after = settled(before, Date.now());
    if (after.status !== before.status) {
      this.#store.putExperiment(after);
    }
    if (hasEnded(after)) {
      // Also those of an action that a crash caught at its beginning.
      this.#faults.end(({ startedBy }) => startedBy === id);
    }
  }

  /** The latest state: a call may stop an experiment while it is worked on. */
  #now(id: string): Experiment {
    return this.#store.experiments.get(id)!;
  }

  #due(id: string): Step[] {
    return nextSteps(this.#now(id), Date.now());
  }

  #setAction(id: string, action: string, run: Partial<ActionRun>): void {
    const experiment = this.#now(id);
    const changed = { ...experiment.actions[action], ...run };
    this.#store.putExperiment({
      ...experiment,
      actions: { ...experiment.actions, [action]: changed },
    });
  }

  #clientsOf({ account, region }: Template): AwsClients {
    const key = `${account} ${region}`;
    const clients =
      this.#clients.get(key) ?? new AwsClients(this.#endpoint, account, region);
    this.#clients.set(key, clients);
    return clients;
  }

  async #resolve(id: string): Promise<void> {
    const { template } = this.#now(id);
    const place = { ...template, clients: this.#clientsOf(template) };
    const resolved: Record<string, string[]> = {};
    const fail = (reason: string) =>
      this.#store.putExperiment({
        ...this.#now(id),
        actions: Object.fromEntries(
          Object.keys(template.actions).map(name => [
            name,
            { status: 'cancelled' as const },
          ]),
        ),
        status: 'failed',
        reason,
        endedMs: Date.now(),
        resolved,
      });
    try {
      for (const [name, target] of Object.entries(template.targets ?? {})) {
        const found = await LISTERS[target.resourceType](place, target);
        resolved[name] = select(target, found, this.#faults.random);
        const mayBeEmpty =
          template.experimentOptions?.emptyTargetResolutionMode === 'skip';
        if (resolved[name].length === 0 && !mayBeEmpty) {
          fail(`Target resolution returned empty set: ${name}`);
          return;
        }
      }
    } catch (error) {
      fail(reasonOf(error));
      return;
    }
    this.#store.putExperiment({
      ...this.#now(id),
      resolved: this.#now(id).resolved ?? resolved,
    });
  }

  async #obeyAlarms(id: string): Promise<void> {
    const { template, stopReason } = this.#now(id);
    const names = template.stopConditions.flatMap(condition =>
      condition.source === 'none'
        ? []
        : [condition.value.split(':alarm:').pop()!],
    );
    if (names.length === 0 || stopReason !== undefined) {
      return;
    }
    const { MetricAlarms = [] } = await this.#clientsOf(template)
      .cloudWatch.send(new DescribeAlarmsCommand({ AlarmNames: names }))
      .catch(() => ({ MetricAlarms: [] }));
    if (MetricAlarms.some(({ StateValue }) => StateValue === 'ALARM')) {
      this.#store.putExperiment(asStopping(this.#now(id), STOPPED_BY_ALARM));
    }
  }

  async #take(id: string, step: Step): Promise<void> {
    const { action } = step;
    if (step.kind === 'cancel') {
      this.#setAction(id, action, { status: 'cancelled' });
    } else if (step.kind === 'begin') {
      await this.#begin(id, action);
    } else {
      await this.#end(id, action, step.as);
    }
  }

  async #begin(id: string, action: string): Promise<void> {
    const { template, resolved, actionsMode } = this.#now(id);
    const {
      actionId,
      parameters = {},
      targets = {},
    } = template.actions[action];
    const [name] = Object.values(targets);
    const arns = resolved![name] ?? [];
    if (actionsMode === 'skip-all' || (name && arns.length === 0)) {
      this.#setAction(id, action, { status: 'skipped' });
      return;
    }
    const startedMs = Date.now();
    this.#setAction(id, action, { status: 'running', startedMs });
    try {
      const { lengthMs, undo } = await EFFECTS[actionId]({
        clients: this.#clientsOf(template),
        faults: this.#faults,
        experimentId: id,
        account: template.account,
        region: template.region,
        parameters,
        arns,
        target: template.targets?.[name],
      });
      const endsMs = lengthMs === undefined ? undefined : startedMs + lengthMs;
      this.#setAction(id, action, { undo, endsMs });
    } catch (error) {
      this.#setAction(id, action, {
        status: 'failed',
        reason: reasonOf(error),
        endedMs: Date.now(),
      });
    }
  }

  async #end(id: string, action: string, as: 'completed' | 'stopped') {
    const experiment = this.#now(id);
    const { undo } = experiment.actions[action];
    try {
      if (undo) {
        const clients = this.#clientsOf(experiment.template);
        await endEffect(undo, clients, this.#faults);
      }
      this.#setAction(id, action, { status: as, endedMs: Date.now() });
    } catch (error) {
      this.#setAction(id, action, {
        status: 'failed',
        reason: reasonOf(error),
        endedMs: Date.now(),
      });
    }
  }
}
