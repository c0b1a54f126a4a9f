import type { StepContext } from '../../../types';
import type { CallKey } from '../SimulatedAws';
import { nameOf } from '../SimulatedAws';
import type { SimulatedProcess } from '../SimulatedProcess';
import type { World } from '../World';

/** What the engine told handlers, to be held against what it tells them later. */
export class Notes {
  readonly #world: World;
  readonly #checkpoints = new Map<string, Record<string, unknown>>();
  readonly #results = new Map<string, string>();
  readonly #signals = new Map<string, string>();
  readonly #givenTo = new Map<string, string>();

  constructor(world: World) {
    this.#world = world;
  }

  begins(process: SimulatedProcess, ctx: StepContext): void {
    const kept = this.#checkpoints.get(attemptOf(ctx)) ?? {};
    const lost = Object.keys(kept).filter(
      key =>
        ctx.checkpoint?.[key] === undefined ||
        (typeof kept[key] === 'number' &&
          Number(ctx.checkpoint[key]) < Number(kept[key])),
    );
    if (lost.length > 0) {
      this.#world.failIfDriver(
        process,
        ctx.run.id,
        `${attemptOf(ctx)}: the checkpoint lost ${lost}`,
      );
    }
  }

  checkpointSaved(ctx: StepContext, checkpoint: Record<string, unknown>): void {
    this.#checkpoints.set(attemptOf(ctx), checkpoint);
  }

  callReturned(key: CallKey, result: string): void {
    const name = `${nameOf(key)} ${key.attempt}`;
    const before = this.#results.get(name);
    if (before !== undefined && before !== result) {
      this.#world.fail(
        `${name} returned '${result}' after it had returned '${before}'`,
      );
    }
    this.#results.set(name, result);
  }

  signalGiven(ctx: StepContext, payload: string): void {
    const attempt = attemptOf(ctx);
    const before = this.#signals.get(attempt);
    if (before !== undefined && before !== payload) {
      this.#world.fail(`${attempt} was given '${payload}' after '${before}'`);
    }
    const other = this.#givenTo.get(payload);
    if (other !== undefined && other !== attempt) {
      this.#world.fail(`'${payload}' was given to ${other} and to ${attempt}`);
    }
    this.#signals.set(attempt, payload);
    this.#givenTo.set(payload, attempt);
  }
}

function attemptOf(ctx: StepContext): string {
  return `${ctx.run.id}/${ctx.step.id} ${ctx.step.attempt}`;
}
