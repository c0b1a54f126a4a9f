import type { JsonObject } from '@backstage/types';
import { pause } from '../../engine/RunClock';
import { StepFailedError } from '../../errors';
import type { StepWork } from '../../state/types';
import type { MutatingCall, StepContext, StepHandler } from '../../types';
import type { Instruction, SimulatedStep } from './schedule';
import type { CallKey } from './SimulatedAws';
import type { SimulatedProcess } from './SimulatedProcess';
import type { World } from './World';

/** Steps that do what their program says, and note what the engine promised them on the way. */
export function simulatedHandlers(
  process: SimulatedProcess,
  world: World,
): StepHandler[] {
  const execute = async (ctx: StepContext): Promise<JsonObject> => {
    const { program } = stepOf(ctx);
    world.notes.begins(process, ctx);
    for (const [index, instruction] of program.entries()) {
      await follow(ctx, instruction, `${index}`);
    }
    return { by: ctx.step.id };
  };

  const undo = (work: 'cancel' | 'compensate') => async (ctx: StepContext) => {
    if (ctx.step.attempt <= stepOf(ctx).undoFails) {
      throw new Error('It cannot be undone yet');
    }
    const key = keyOf(ctx, work, 'Remove');
    await call(ctx, key, {
      guard: {
        type: 'precondition',
        observe: () => world.aws.isGone(process, key),
      },
      execute: () => world.aws.remove(process, key),
    });
  };

  async function follow(
    ctx: StepContext,
    instruction: Instruction,
    place: string,
  ): Promise<void> {
    switch (instruction.do) {
      case 'call': {
        const key = keyOf(ctx, 'execute', `Create${place}`);
        const { guard, refused } = instruction;
        await call(ctx, key, {
          guard:
            guard === 'name' || guard === 'precondition'
              ? { type: guard, observe: () => world.aws.look(process, key) }
              : { type: guard },
          execute: token =>
            world.aws.create(process, key, guard, token, refused),
        });
        return;
      }
      case 'sleep':
        await ctx.sleep(instruction.ms);
        return;
      case 'tell':
        await tell(ctx, place, instruction.count);
        return;
      case 'ask':
        await ask(ctx, place, instruction.withinMs);
        return;
      case 'wait': {
        const until = await timeOf(ctx, place, instruction.ms);
        if (ctx.now() < until) {
          await ctx.waitUntil(until, 'A while');
        }
        return;
      }
      case 'fail':
        if (ctx.step.attempt <= instruction.times) {
          throw new StepFailedError(
            { code: 'simulated.failed', message: 'It failed' },
            { retryable: instruction.retryable },
          );
        }
        return;
      default:
        await pause(process.clock, instruction.ms);
    }
  }

  async function tell(ctx: StepContext, place: string, count: number) {
    const key = `told${place}`;
    let told = Number(ctx.checkpoint?.[key] ?? 0);
    while (told < count) {
      told += 1;
      await save(ctx, key, told, [
        {
          code: 'simulated.told',
          message: `Told ${told}`,
          data: { place, told, attempt: ctx.step.attempt },
        },
      ]);
    }
  }

  async function ask(ctx: StepContext, place: string, withinMs: number | null) {
    const until =
      withinMs === null ? undefined : await timeOf(ctx, place, withinMs);
    const signal = await ctx.waitForSignal(signalOf(ctx.step.id), {
      title: 'Go on?',
      until,
    });
    world.notes.signalGiven(ctx, `${signal.payload}`);
  }

  async function timeOf(ctx: StepContext, place: string, inMs: number) {
    const key = `until${place}`;
    const until =
      (ctx.checkpoint?.[key] as string | undefined) ??
      new Date(ctx.now().getTime() + inMs).toISOString();
    await save(ctx, key, until);
    return new Date(until);
  }

  async function save(
    ctx: StepContext,
    key: string,
    value: string | number,
    events?: Parameters<StepContext['saveCheckpoint']>[1],
  ) {
    const checkpoint = { ...ctx.checkpoint, [key]: value };
    await ctx.saveCheckpoint(checkpoint, events);
    world.notes.checkpointSaved(ctx, checkpoint);
  }

  async function call(
    ctx: StepContext,
    key: CallKey,
    made: Pick<MutatingCall<string>, 'guard' | 'execute'>,
  ) {
    const result = await ctx.call<string>({
      name: key.call,
      facts: { step: key.stepId },
      ...made,
    });
    world.notes.callReturned(key, result);
  }

  return [
    {
      type: 'undoable',
      execute,
      cancel: undo('cancel'),
      compensate: undo('compensate'),
    },
    { type: 'bare', execute },
  ];
}

export function signalOf(stepId: string): string {
  return `go-${stepId}`;
}

function stepOf(ctx: StepContext): SimulatedStep {
  return ctx.step.input as unknown as SimulatedStep;
}

function keyOf(ctx: StepContext, work: StepWork, call: string): CallKey {
  return {
    runId: ctx.run.id,
    stepId: ctx.step.id,
    work,
    attempt: ctx.step.attempt,
    call,
  };
}
