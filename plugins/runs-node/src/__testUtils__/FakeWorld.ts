import type { JsonObject } from '@backstage/types';
import type { MutatingCall, StepContext, StepHandler } from '../types';

/** A little service with one call for each kind of guard; it counts what happened. */
export class FakeWorld {
  readonly byToken = new Map<string, string>();
  readonly byName = new Map<string, string>();
  readonly flags = new Set<string>();
  readonly effects: string[] = [];

  times(effect: string): number {
    return this.effects.filter(done => done === effect).length;
  }

  /** Drops repeats that carry the same token, as CloudFormation does. */
  createWithToken(thing: string, token: string): string {
    const known = this.byToken.get(token);
    if (known) {
      return known;
    }
    const id = `${thing}-${this.byToken.size + 1}`;
    this.byToken.set(token, id);
    this.effects.push(`token:${thing}`);
    return id;
  }

  createNamed(name: string): string {
    if (this.byName.has(name)) {
      throw Object.assign(new Error(`${name} is there already`), {
        name: 'AlreadyExistsException',
        $metadata: { httpStatusCode: 400 },
      });
    }
    this.byName.set(name, `arn:${name}`);
    this.effects.push(`name:${name}`);
    return `arn:${name}`;
  }

  /** Does harm when it is done twice. */
  flip(flag: string): void {
    this.flags.add(flag);
    this.effects.push(`precondition:${flag}`);
  }

  notify(text: string): void {
    this.effects.push(`none:${text}`);
  }
}

export const tokenCall = (
  world: FakeWorld,
  thing: string,
): MutatingCall<string> => ({
  name: 'CreateWithToken',
  facts: { thing },
  guard: { type: 'token' },
  execute: async token => world.createWithToken(thing, token),
});

export const nameCall = (
  world: FakeWorld,
  name: string,
): MutatingCall<string> => ({
  name: 'CreateNamed',
  facts: { name },
  guard: {
    type: 'name',
    observe: async () => {
      const arn = world.byName.get(name);
      return arn ? { done: true, result: arn } : { done: false };
    },
  },
  execute: async () => world.createNamed(name),
});

export const preconditionCall = (
  world: FakeWorld,
  flag: string,
): MutatingCall<boolean> => ({
  name: 'Flip',
  facts: { flag },
  guard: {
    type: 'precondition',
    observe: async () =>
      world.flags.has(flag) ? { done: true, result: true } : { done: false },
  },
  execute: async () => {
    world.flip(flag);
    return true;
  },
});

export const unguardedCall = (
  world: FakeWorld,
  text: string,
): MutatingCall<null> => ({
  name: 'Notify',
  facts: { text, account: '123456789012' },
  guard: { type: 'none' },
  execute: async () => {
    world.notify(text);
    return null;
  },
});

/** A step whose handler is a function. */
export function step<O extends JsonObject>(
  type: string,
  execute: (ctx: StepContext) => Promise<O | void>,
  undo: Pick<StepHandler, 'cancel' | 'compensate'> = {},
): StepHandler {
  return {
    type,
    execute: async ctx => (await execute(ctx)) ?? {},
    ...undo,
  };
}
