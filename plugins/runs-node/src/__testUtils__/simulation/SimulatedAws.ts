import type { StepWork } from '../../state/types';
import type { Observation } from '../../types';
import type { Guard } from './schedule';
import type { SimulatedProcess } from './SimulatedProcess';
import type { World } from './World';

export interface CallKey {
  runId: string;
  stepId: string;
  work: StepWork;
  attempt: number;
  call: string;
}

export interface Effect extends CallKey {
  guard: Guard;
  token: string;
  /** How many effects there were before it; the order of the world. */
  place: number;
  /** The request arrived after its sender had given it up. */
  isLate: boolean;
  /** Another process drove the run when it was sent. */
  isOut: boolean;
}

interface Thing {
  id: string;
  stepKey: string;
  effect: Effect;
}

const CLIENT_TIMEOUT_MS = 1000;

/** A service with a call for each kind of guard. It loses requests and answers, refuses, is slow, and reads old data. */
export class SimulatedAws {
  readonly effects: Effect[] = [];
  readonly removals = new Map<string, number>();
  /** Looks that did not see the newest effect, by call. */
  readonly staleLooks = new Map<string, number>();
  readonly #world: World;
  readonly #things = new Map<string, Thing>();
  #made = 0;

  constructor(world: World) {
    this.#world = world;
  }

  things(): Thing[] {
    return [...this.#things.values()];
  }

  create(
    process: SimulatedProcess,
    key: CallKey,
    guard: Guard,
    token: string,
    refused: number,
  ): Promise<string> {
    return this.#request(process, key, {
      label: `create by ${guard}`,
      act: sent => {
        if (key.attempt <= refused) {
          throw awsError('LimitExceededException', 400);
        }
        return this.#create(key, guard, token, sent);
      },
    });
  }

  look(process: SimulatedProcess, key: CallKey): Promise<Observation<string>> {
    const name = nameOf(key);
    return this.#request(process, key, {
      label: 'look',
      act: () => {
        const thing = this.#things.get(name);
        return thing
          ? { done: true as const, result: thing.id }
          : { done: false as const };
      },
      actStale: () => {
        this.staleLooks.set(name, (this.staleLooks.get(name) ?? 0) + 1);
        return { done: false as const };
      },
    });
  }

  remove(process: SimulatedProcess, key: CallKey): Promise<string> {
    return this.#request(process, key, {
      label: 'remove',
      act: () => {
        const stepKey = `${key.runId}/${key.stepId}`;
        for (const [name, thing] of this.#things) {
          if (thing.stepKey === stepKey) {
            this.#things.delete(name);
          }
        }
        this.removals.set(stepKey, this.effects.length);
        return 'removed';
      },
    });
  }

  isGone(
    process: SimulatedProcess,
    key: CallKey,
  ): Promise<Observation<string>> {
    const stepKey = `${key.runId}/${key.stepId}`;
    return this.#request(process, key, {
      label: 'look',
      act: () =>
        this.things().some(thing => thing.stepKey === stepKey)
          ? { done: false as const }
          : { done: true as const, result: 'removed' },
      actStale: () => ({ done: false as const }),
    });
  }

  #create(
    key: CallKey,
    guard: Guard,
    token: string,
    sent: { isLate: boolean; isOut: boolean },
  ): string {
    const name = guard === 'token' ? `${nameOf(key)}?${token}` : nameOf(key);
    const there = this.#things.get(name);
    if (there && guard === 'token') {
      return there.id;
    }
    if (there && guard === 'name') {
      throw awsError('AlreadyExistsException', 400);
    }
    const effect: Effect = {
      ...key,
      ...sent,
      guard,
      token,
      place: this.effects.length,
    };
    this.effects.push(effect);
    this.#made += 1;
    const thing = {
      id: `${name.slice(36)}#${this.#made}`,
      stepKey: `${key.runId}/${key.stepId}`,
      effect,
    };
    this.#things.set(guard === 'none' ? `${name}#${this.#made}` : name, thing);
    return thing.id;
  }

  #request<T>(
    process: SimulatedProcess,
    key: CallKey,
    request: {
      label: string;
      act: (sent: { isLate: boolean; isOut: boolean }) => T;
      actStale?: () => T;
    },
  ): Promise<T> {
    const world = this.#world;
    if (process.isDead) {
      return new Promise(() => {});
    }
    const began = world.steps;
    const isRead = request.actStale !== undefined;
    const label = `${process.writer} AWS ${request.label} ${key.stepId}/${key.call}`;
    return new Promise<T>((resolve, reject) => {
      const answer = (what: string, settle: () => void, inMs = 0) => {
        const operation = {
          label: `${label} → ${what}`,
          isOn: () => process.isAwake,
          perform: settle,
        };
        if (inMs > 0) {
          world.time.after(inMs, () => world.gate.add(operation));
        } else {
          world.arrive(world.nextOrder(), operation);
        }
      };
      const act = (sent: { isLate: boolean; isOut: boolean }, inMs = 0) => {
        try {
          const value = request.act(sent);
          answer('ok', () => resolve(value), inMs);
        } catch (error) {
          answer(`${error}`, () => reject(error), inMs);
        }
      };
      const refuse = (error: Error, inMs = 0) =>
        answer(`${error}`, () => reject(error), inMs);
      const arrives = (isOut: boolean) => {
        const { fault, ms } = world.awsFault(isRead);
        switch (fault) {
          case 'throttled':
            return refuse(awsError('ThrottlingException', 400));
          case 'refused':
            return refuse(awsError('AccessDeniedException', 403));
          case 'broken':
            return refuse(awsError('InternalFailure', 500));
          case 'request-lost':
            return refuse(reset(), CLIENT_TIMEOUT_MS);
          case 'answer-lost':
            quietly(() => request.act({ isLate: false, isOut }));
            return refuse(reset(), CLIENT_TIMEOUT_MS);
          case 'late':
            refuse(reset());
            return world.time.after(Math.min(ms, 2000), () =>
              quietly(() => request.act({ isLate: true, isOut })),
            );
          case 'slow':
            return act({ isLate: false, isOut }, ms);
          case 'stale':
            return answer('ok, stale', () => resolve(request.actStale!()));
          default:
            return act({ isLate: false, isOut });
        }
      };
      const operation = {
        label,
        isOn: () => process.isAwake,
        perform: async () => {
          if (isRead) {
            arrives(false);
            return;
          }
          await world.reached(process, 'sending');
          if (!process.isAwake) {
            world.gate.add(operation);
            return;
          }
          arrives(await this.#isOut(process, key, began, label));
          await world.reached(process, 'answering');
        },
      };
      world.gate.add(operation);
    });
  }

  /** Every request that changes something must have its intent in the journal, and be sent by the run's driver. */
  async #isOut(
    process: SimulatedProcess,
    key: CallKey,
    began: number,
    label: string,
  ): Promise<boolean> {
    const [{ intents, writer }] = await this.#world.server.look<{
      intents: number;
      writer: string | null;
    }>(
      `select (select count(*)::int from run_calls
               where run_id = $1 and step_id = $2 and work = $3 and attempt = $4 and name = $5) as intents,
              (select claims.writer from claims join runs on runs.id = claims.run_id and runs.fence = claims.fence
               where runs.id = $1) as writer`,
      [key.runId, key.stepId, key.work, key.attempt, key.call],
    );
    if (intents !== 1) {
      this.#world.fail(`${label}: sent without an intent in the journal`);
    }
    const isOut = writer !== process.writer;
    if (isOut && !process.frozeSince(began) && !process.isDeceived) {
      this.#world.fail(
        `${label}: sent although ${writer} drives the run, by a process that could have known`,
      );
    }
    return isOut;
  }
}

export function nameOf({ runId, stepId, work, call }: CallKey): string {
  return `${runId}/${stepId}/${work}/${call}`;
}

function quietly(act: () => unknown): void {
  try {
    act();
  } catch {
    // Nobody hears the refusal.
  }
}

function awsError(name: string, status: number): Error {
  return Object.assign(new Error(`${name} happened`), {
    name,
    $fault: status >= 500 ? 'server' : 'client',
    $metadata: { httpStatusCode: status },
  });
}

function reset(): Error {
  return Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
}
