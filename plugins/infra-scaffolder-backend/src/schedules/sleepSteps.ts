import type { JsonObject } from '@backstage/types';
import type { AwsAccess } from '@slipway/plugin-aws-node';
import {
  remember,
  type Environment,
  type Sleeper,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  isLostAnswer,
  problemOf,
  StepFailedError,
  type StepContext,
  type StepHandler,
} from '@slipway/plugin-runs-node';
import type { EnvironmentStore } from '../database/types';
import { withAwsClients, type AwsClients } from './AwsClients';
import { callsOf, stateOf, type SleeperState } from './sleeperCalls';
import { sleepInputsOf, SLEEP_STEPS, type SleepDeed } from './sleepRun';
import type { Sleepers, ScheduleStore } from './types';

interface Services {
  aws: AwsAccess;
  environments: EnvironmentStore;
  schedules: ScheduleStore;
  sleepers: Sleepers;
}

/** AWS takes seconds for a node group that is empty and minutes for a database: looks come further and further apart. */
const FIRST_LOOK_MS = 500;
const LAST_LOOK_MS = 15_000;

function* pauses(): Generator<number, never> {
  for (let each = FIRST_LOOK_MS; ; each = Math.min(each * 2, LAST_LOOK_MS)) {
    yield each;
  }
}

/** Nodes go first, so that nothing writes into a database that stops; they come last, when there is one to write into. */
const STOPPING_ORDER: Sleeper['kind'][] = [
  'nodegroup',
  'instance',
  'db-instance',
  'db-cluster',
];

/** Tries of a call that is not answered, before its step fails: fewer than after which a run stops for a person. */
const UNANSWERED_TRIES = 4;

async function load(
  ctx: StepContext,
  { environments }: Services,
): Promise<Environment> {
  const { environmentId } = sleepInputsOf(ctx.run);
  const environment = await environments.find(environmentId);
  if (!environment) {
    throw new StepFailedError({
      code: 'infra.environment-missing',
      message: `Environment ${environmentId} is not in the registry any more.`,
      mend: 'Cancel the run.',
    });
  }
  if (environment.sleep?.runId !== ctx.run.id) {
    throw new StepFailedError({
      code: 'infra.sleep-overtaken',
      message: `Another run has put ${environment.name} to sleep or woken it since.`,
      mend: 'Cancel this run.',
    });
  }
  return environment;
}

/**
 * What is not answered fails: an order can be given again at any time, so that no person need look whether it has come
 * through, and a run at rest would keep its environment from being woken.
 */
function answered(): <T>(work: () => Promise<T>) => Promise<T> {
  let lost = 0;
  return async work => {
    try {
      return await work();
    } catch (error) {
      lost += isLostAnswer(error) ? 1 : 0;
      if (lost < UNANSWERED_TRIES || !isLostAnswer(error)) {
        throw error;
      }
      const { message } = problemOf(error, 'infra.sleep-unanswered');
      throw new StepFailedError(
        {
          code: 'infra.sleep-unanswered',
          message: `AWS does not answer: ${message}`,
          mend: 'It is tried again by itself.',
        },
        { cause: error },
      );
    }
  };
}

/**
 * Gives the order once AWS takes it, unless it is given or done already.
 *
 * @returns what was refused of it that the rest of it could do without; one sentence each.
 */
async function order(
  ctx: StepContext,
  clients: AwsClients,
  environment: Environment,
  each: Sleeper,
  deed: SleepDeed,
): Promise<string[]> {
  const { accountId, region } = environment;
  let state = await stateOf(clients, each);
  const busy = deed === 'sleep' ? 'going-up' : 'going-down';
  const pause = pauses();
  while (state === 'busy' || state === busy) {
    await ctx.sleep(pause.next().value);
    state = await stateOf(clients, each);
  }
  if (state === 'gone') {
    await ctx.emit({
      code: 'step.log',
      level: 'warning',
      message: `${each.id} is not there any more; it is left out.`,
    });
    return [];
  }
  const refused: string[] = [];
  for (const call of await callsOf(clients, each, deed)) {
    const ask = answered();
    try {
      await ctx.call({
        name: call.name,
        facts: { accountId, region, ...each },
        guard: {
          type: 'precondition',
          observe: async () =>
            (await ask(call.isGiven))
              ? { done: true, result: {} }
              : { done: false },
        },
        execute: async token => {
          try {
            await ask(() => call.give(token));
          } catch (error) {
            // AWS's client tries again by itself where an answer is lost, and is told then that it stops already.
            if (!(await call.isGiven())) {
              throw error;
            }
          }
          return {};
        },
      });
    } catch (error) {
      if (!call.isDispensable || ctx.signal.aborted) {
        throw error;
      }
      const { message } = problemOf(error, 'infra.sleep-refused');
      refused.push(`${call.name} of ${each.id} did not come off. ${message}`);
    }
  }
  return refused;
}

/** A node group that AWS is at nothing with has what was ordered, whatever size an autoscaler has asked for since. */
function isSettled(
  { kind }: Sleeper,
  state: SleeperState,
  deed: SleepDeed,
): boolean {
  return (
    state === 'gone' ||
    state === (deed === 'sleep' ? 'down' : 'up') ||
    (kind === 'nodegroup' && state !== 'busy')
  );
}

/** What is remembered is woken whatever the schedule says; what is stopped is what somebody agrees to still. */
function concerned(
  { sleep, schedule }: Environment,
  deed: SleepDeed,
): Sleeper[] {
  const inOrder = (sleep?.slept ?? [])
    .filter(
      ({ arn }) => deed === 'wake' || schedule?.consent.arns.includes(arn),
    )
    .sort(
      (a, b) => STOPPING_ORDER.indexOf(a.kind) - STOPPING_ORDER.indexOf(b.kind),
    );
  return deed === 'sleep' ? inOrder : inOrder.reverse();
}

async function carryOut(
  ctx: StepContext,
  services: Services,
  deed: SleepDeed,
): Promise<JsonObject> {
  const environment = await load(ctx, services);
  const all = concerned(environment, deed);
  await withAwsClients(services.aws, environment, async clients => {
    let settledBefore = 0;
    const settled = async (which: Sleeper[]) => {
      let open = which;
      const pause = pauses();
      while (open.length > 0) {
        const states = await Promise.all(
          open.map(each => stateOf(clients, each)),
        );
        open = open.filter((each, at) => !isSettled(each, states[at], deed));
        await ctx.progress({
          done: settledBefore + which.length - open.length,
          total: all.length,
          unit: 'resources',
        });
        if (open.length > 0) {
          await ctx.sleep(pause.next().value);
        }
      }
      settledBefore += which.length;
    };
    const groups = all.filter(({ kind }) => kind === 'nodegroup');
    const others = all.filter(({ kind }) => kind !== 'nodegroup');
    for (const some of deed === 'sleep' ? [groups, others] : [others, groups]) {
      const refused: string[] = [];
      for (const each of some) {
        refused.push(...(await order(ctx, clients, environment, each, deed)));
      }
      if (refused.length > 0) {
        throw new StepFailedError({
          code: 'infra.launch-suspended',
          message: refused.join(' '),
          mend: 'Sizes are set back all the same. Where launching is suspended, no nodes come until the role may resume it (autoscaling:ResumeProcesses). It is tried again by itself.',
        });
      }
      await settled(some);
    }
  });
  return { count: all.length };
}

/**
 * What was stopped and is not among what would be stopped now, e.g. because its tag was taken off or nobody agrees to it
 * any more: who wakes the environment wakes it, unless AWS says that it is gone.
 */
async function stillThere(
  { aws }: Services,
  environment: Environment,
  now: Sleeper[],
): Promise<Sleeper[]> {
  const missing = (environment.sleep?.slept ?? []).filter(
    old => !now.some(({ arn }) => arn === old.arn),
  );
  if (missing.length === 0) {
    return [];
  }
  return withAwsClients(aws, environment, async clients => {
    const states = await Promise.all(
      missing.map(each => stateOf(clients, each)),
    );
    return missing.filter((_each, at) => states[at] !== 'gone');
  });
}

/** The steps of the runs that put environments to sleep and wake them. */
export function sleepSteps(services: Services): StepHandler[] {
  return [
    {
      type: SLEEP_STEPS.look.type,
      async execute(ctx) {
        const environment = await load(ctx, services);
        const { stops, stays } = await services.sleepers.find(
          environment,
          ctx.signal,
        );
        const { schedule, sleep } = environment;
        const agreed = stops.filter(({ arn }) =>
          schedule?.consent.arns.includes(arn),
        );
        const known = remember(sleep?.slept ?? [], agreed);
        const slept = [
          ...known,
          ...(await stillThere(services, environment, known)),
        ];
        await services.schedules.update(environment.id, { slept });
        for (const { id, why } of stays) {
          await ctx.emit({
            code: 'step.log',
            message: `${id} is left as it is. ${why}`,
          });
        }
        for (const { id } of stops.filter(each => !agreed.includes(each))) {
          await ctx.emit({
            code: 'step.log',
            level: 'warning',
            message: `${id} is left as it is. It came after the schedule was agreed to; who agrees anew has it stopped too.`,
          });
        }
        return { slept };
      },
    },
    {
      type: SLEEP_STEPS.stop.type,
      execute: ctx => carryOut(ctx, services, 'sleep'),
    },
    {
      type: SLEEP_STEPS.start.type,
      execute: ctx => carryOut(ctx, services, 'wake'),
    },
  ];
}
