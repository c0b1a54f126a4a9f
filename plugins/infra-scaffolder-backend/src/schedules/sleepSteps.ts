import type { JsonObject } from '@backstage/types';
import type { AwsAccess } from '@slipway/plugin-aws-node';
import {
  remember,
  type Environment,
  type Sleeper,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  StepFailedError,
  type StepContext,
  type StepHandler,
} from '@slipway/plugin-runs-node';
import type { EnvironmentStore } from '../database/types';
import { withAwsClients, type AwsClients } from './AwsClients';
import { start, stateOf, stop, type SleeperState } from './sleeperCalls';
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

const VERBS: Record<Sleeper['kind'], Record<SleepDeed, string>> = {
  nodegroup: {
    sleep: 'UpdateNodegroupConfig',
    wake: 'UpdateNodegroupConfig',
  },
  'db-instance': { sleep: 'StopDBInstance', wake: 'StartDBInstance' },
  'db-cluster': { sleep: 'StopDBCluster', wake: 'StartDBCluster' },
  instance: { sleep: 'StopInstances', wake: 'StartInstances' },
};

const GOAL: Record<SleepDeed, [reached: SleeperState, going: SleeperState]> = {
  sleep: ['down', 'going-down'],
  wake: ['up', 'going-up'],
};

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

/** A node group that had no nodes before is as it was as soon as it is told so. */
function isNothingToWake(each: Sleeper): boolean {
  return each.kind === 'nodegroup' && each.desiredSize + each.minSize === 0;
}

/** Gives the order once AWS takes it, unless it is given or done already. */
async function order(
  ctx: StepContext,
  clients: AwsClients,
  environment: Environment,
  each: Sleeper,
  deed: SleepDeed,
): Promise<void> {
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
    return;
  }
  const isGiven = async () => GOAL[deed].includes(await stateOf(clients, each));
  await ctx.call({
    name: `${VERBS[each.kind][deed]} ${each.arn}`,
    facts: { accountId, region, ...each },
    guard: {
      type: 'precondition',
      observe: async () =>
        (await isGiven()) ? { done: true, result: {} } : { done: false },
    },
    execute: async token => {
      try {
        await (deed === 'sleep' ? stop : start)(clients, each, token);
      } catch (error) {
        // AWS's client tries again by itself where an answer is lost, and is told then that it stops already.
        if (!(await isGiven())) {
          throw error;
        }
      }
      return {};
    },
  });
}

/** A node group that launches nothing is asleep, even where an autoscaler has asked for nodes since. */
function isSettled(
  { kind }: Sleeper,
  state: SleeperState,
  deed: SleepDeed,
): boolean {
  return (
    state === 'gone' ||
    state === GOAL[deed][0] ||
    (kind === 'nodegroup' && deed === 'sleep' && state !== 'busy')
  );
}

async function carryOut(
  ctx: StepContext,
  services: Services,
  deed: SleepDeed,
): Promise<JsonObject> {
  const environment = await load(ctx, services);
  const inOrder = [...(environment.sleep?.slept ?? [])]
    .filter(each => deed === 'sleep' || !isNothingToWake(each))
    .sort(
      (a, b) => STOPPING_ORDER.indexOf(a.kind) - STOPPING_ORDER.indexOf(b.kind),
    );
  const all = deed === 'sleep' ? inOrder : inOrder.reverse();
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
      for (const each of some) {
        await order(ctx, clients, environment, each, deed);
      }
      await settled(some);
    }
  });
  return { count: all.length };
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
        const slept = remember(sleep?.slept ?? [], agreed);
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
