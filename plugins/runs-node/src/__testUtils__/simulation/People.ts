import type {
  RunCommand,
  RunEvent,
  RunState,
} from '@slipway/plugin-runs-common';
import type { NewRun } from '../../types';
import { signalOf } from './handlers';
import type { SimulatedStep } from './schedule';
import { acting } from './database/Session';
import { KIND, type SimulatedProcess } from './SimulatedProcess';
import type { World } from './World';

/** What a person asked for, and what they were told. `unknown`: no answer came. */
export interface Request {
  actor: string;
  runId: string;
  command: RunCommand;
  outcome: 'accepted' | 'refused' | 'unknown';
}

/** A browser that follows a run, from one back end after the other. */
export interface Follower {
  runId: string;
  seen: RunEvent[];
  isDone: boolean;
}

/** People at their browsers. */
export class People {
  readonly requests: Request[] = [];
  readonly followers: Follower[] = [];
  /** Of the runs that somebody was told are there. */
  readonly runIds: string[] = [];
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** Asks until told that it is there; where an answer was lost, it may be there twice. */
  create(steps: SimulatedStep[]): void {
    const ask = () => {
      const process = this.#world.processes.any(0);
      const asked = process
        ? acting.run('person', () => process.engine.create(newRun(steps)))
        : Promise.reject(new Error('Nobody answers'));
      let isAnswered = false;
      const again = () => {
        if (!isAnswered) {
          isAnswered = true;
          this.#world.time.after(500, ask);
        }
      };
      asked.then(run => {
        if (!isAnswered) {
          isAnswered = true;
          this.runIds.push(run.id);
        }
      }, again);
      this.#world.time.after(30_000, again);
    };
    ask();
  }

  command(
    process: SimulatedProcess,
    runId: string,
    type: RunCommand['type'],
    stepId: string,
  ): void {
    const actor = `user:default/person-${this.requests.length + 1}`;
    const command = commandOf(type, stepId, actor);
    const request: Request = { actor, runId, command, outcome: 'unknown' };
    this.requests.push(request);
    this.#world.time.tick();
    acting
      .run('person', () => process.engine.command(runId, command, actor))
      .then(
        () => {
          request.outcome = 'accepted';
        },
        error => {
          request.outcome =
            error.name === 'ConflictError' ? 'refused' : 'unknown';
        },
      );
  }

  /** Does what somebody must do for the run to go on. */
  mend(
    process: SimulatedProcess,
    run: { id: string; state: RunState },
    steps: Array<{ id: string; state: string }>,
    patience: boolean,
  ): void {
    const ask = (type: RunCommand['type'], stepId: string) =>
      this.command(process, run.id, type, stepId);
    if (run.state === 'paused') {
      ask('resume', '');
      return;
    }
    const stuck = steps.find(
      ({ state }) => state === 'failed' || state === 'needs-attention',
    );
    if (stuck) {
      // Some programs never succeed, e.g. because they take longer than they may.
      ask(patience ? 'retry' : 'skip', stuck.id);
    }
    steps
      .filter(({ state }) => state === 'waiting')
      .forEach(({ id }) => ask('signal', id));
  }

  follow(runId: string, first: number): void {
    const follower: Follower = { runId, seen: [], isDone: false };
    this.followers.push(follower);
    let turn = first;
    const connect = () => {
      const process = this.#world.processes.any(turn);
      turn += 1;
      if (!process) {
        this.#world.time.after(1000, connect);
        return;
      }
      const gone = new AbortController();
      let isOver = false;
      const reconnect = () => {
        if (!isOver && !follower.isDone) {
          isOver = true;
          gone.abort();
          this.#world.time.after(1000, connect);
        }
      };
      const look = () => {
        if (process.isDead) {
          reconnect();
        } else if (!isOver && !follower.isDone) {
          this.#world.time.after(5000, look);
        }
      };
      look();
      const read = async () => {
        const batches = process.engine.follow(runId, {
          after: follower.seen.at(-1)?.sequence ?? 0,
          signal: gone.signal,
        });
        for await (const events of batches) {
          if (isOver) {
            return;
          }
          follower.seen.push(...events);
        }
        if (!isOver && !process.hasEnded) {
          follower.isDone = true;
        } else {
          reconnect();
        }
      };
      read().catch(reconnect);
    };
    connect();
  }
}

function newRun(steps: SimulatedStep[]): NewRun {
  return {
    kind: KIND,
    title: 'Simulated run',
    subject: 'thing:1',
    createdBy: 'user:default/maya',
    inputs: {},
    steps: steps.map((step, index) => ({
      id: `s${index}`,
      type: step.canUndo ? 'undoable' : 'bare',
      title: `s${index}`,
      dependsOn: [
        ...new Set(
          step.dependsOn
            .filter(() => index > 0)
            .map(number => `s${number % index}`),
        ),
      ],
      input: { program: step.program as never, undoFails: step.undoFails },
      ...(step.timeoutSeconds !== null && {
        timeoutSeconds: step.timeoutSeconds,
      }),
      retry: { attempts: step.retries, delaySeconds: 3 },
    })),
  };
}

function commandOf(
  type: RunCommand['type'],
  stepId: string,
  actor: string,
): RunCommand {
  switch (type) {
    case 'retry':
      return { type, stepId };
    case 'skip':
      return { type, stepId, reason: 'Done by hand' };
    case 'signal':
      return { type, signal: signalOf(stepId), payload: actor };
    default:
      return { type };
  }
}
