import { rm } from 'node:fs/promises';
import { type StepContext, StepFailedError } from '@slipway/plugin-runs-node';
import type { StateLock } from '../state/StateLock';
import type { EngineWorld } from '../world';
import { followWorker, type WorkerEnd } from '../worker/followWorker';
import type { Worker } from '../worker/launchWorker';
import { probe } from '../worker/processIdentity';
import { isRunFolder } from '../workspace/sweep';
import { Teller, type Told } from './tell';

const ASK_MILLISECONDS = 5_000;
/** A process that was let begin has taken its lock by then, or will not. */
const LOCK_SECONDS = 60;
/** AWS and our clock may differ by so much. */
const CLOCK_SECONDS = 120;

/**
 * Waits until an earlier process has ended or can no longer change anything, and takes away the lock that it left.
 *
 * @returns how it ended, where that can be told from here
 * @throws StepFailedError `terraform.worker-unknown` where nothing proves it gone
 */
export async function settleWorker(
  ctx: StepContext,
  world: EngineWorld,
  worker: Worker,
): Promise<WorkerEnd | undefined> {
  const state = await probe(worker.process);
  const { workingDirectory } = world.settings;
  if (state !== 'elsewhere' && !isRunFolder(workingDirectory, worker.folder)) {
    throw world.workers.refusal(
      `its folder is none of this portal's in ${workingDirectory}`,
    );
  }
  const end =
    state === 'elsewhere'
      ? await waitElsewhere(ctx, world, worker)
      : await followHere(ctx, world, worker);
  ctx.signal.throwIfAborted();
  const lock = await world.lockOf(ctx.signal);
  if (lock) {
    await releaseLock(ctx, world, worker, lock);
  }
  if (state !== 'elsewhere') {
    await rm(worker.folder, { recursive: true, force: true });
  }
  if (end?.isComplete && !worker.isComplete) {
    await world.workers.write({ ...worker, isComplete: true });
  }
  return end;
}

async function followHere(
  ctx: StepContext,
  world: EngineWorld,
  worker: Worker,
): Promise<WorkerEnd> {
  const known = ctx.checkpoint?.told as unknown as Told | undefined;
  const told =
    known?.worker.folder === worker.folder
      ? known
      : { worker, offset: 0, done: 0, startedAt: {} };
  const teller = Teller.create({
    ctx,
    region: world.environment.region,
    total: told.done,
    told,
  });
  return followWorker(worker, {
    offset: told.offset,
    signal: ctx.signal,
    endSeconds: world.settings.endSeconds,
    onLines: (lines, offset) => teller.tell(lines, offset),
  });
}

async function waitElsewhere(
  ctx: StepContext,
  world: EngineWorld,
  worker: Worker,
): Promise<undefined> {
  const { host, pid } = worker.process;
  const until =
    worker.credentialsUntil &&
    Date.parse(worker.credentialsUntil) + CLOCK_SECONDS * 1000;
  for (let isTold = false; ; isTold = true) {
    const hasHadTimeToLock =
      ctx.now().getTime() > Date.parse(worker.launchedAt) + LOCK_SECONDS * 1000;
    if (hasHadTimeToLock && !(await world.lockOf(ctx.signal))) {
      return undefined;
    }
    if (!until && hasHadTimeToLock) {
      throw new StepFailedError(
        {
          code: 'terraform.worker-unknown',
          message: `Terraform was begun on ${host} (process ${pid}), which this back end cannot see, and it still holds the lock of the state.`,
          mend: `Make sure that the process has ended, release the lock with \`terraform force-unlock\`, then retry the step.`,
        },
        { retryable: true },
      );
    }
    if (until && ctx.now().getTime() > until) {
      return undefined;
    }
    if (!isTold) {
      await ctx.emit({
        code: 'step.log',
        message: `Terraform was begun on ${host}, which this back end cannot see. Waiting until it lets go of the state, ${
          worker.credentialsUntil
            ? `at the latest until its credentials have ended (${worker.credentialsUntil})`
            : `which takes ${LOCK_SECONDS} seconds at most where it has it no more`
        }.`,
      });
    }
    await ctx.sleep(ASK_MILLISECONDS);
  }
}

/** Only one that the dead process took: it names its machine, and it is not older than the process. */
async function releaseLock(
  ctx: StepContext,
  world: EngineWorld,
  worker: Worker,
  lock: StateLock,
): Promise<void> {
  const isOurs =
    lock.who.endsWith(`@${worker.process.host}`) &&
    Date.parse(lock.created) >= Date.parse(worker.launchedAt) - 1000;
  if (!isOurs) {
    throw new StepFailedError(
      {
        code: 'terraform.state-locked',
        message: `The state of ${world.environment.name} is locked by ${lock.who} since ${lock.created} (${lock.operation}), not by this portal.`,
        mend: 'Wait until they are done, then retry the step.',
        facts: { lockId: lock.id },
      },
      { retryable: true },
    );
  }
  await ctx.call({
    name: `ForceUnlock:${lock.id}`,
    facts: { lockId: lock.id, who: lock.who, created: lock.created },
    guard: {
      type: 'precondition',
      observe: async () =>
        (await world.lockOf())?.id === lock.id
          ? { done: false }
          : { done: true, result: {} },
    },
    execute: async () => {
      await world.releaseLock(lock);
      return {};
    },
  });
  await ctx.emit({
    code: 'step.log',
    level: 'warning',
    message: `The lock ${lock.id} of the state was released: process ${worker.process.pid} on ${worker.process.host}, which took it, has ended.`,
  });
}
