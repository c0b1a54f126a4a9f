import { createHash } from 'node:crypto';
import { checkHistory } from './checks/checkHistory';
import {
  checkEffects,
  checkFollowers,
  checkRequests,
} from './checks/checkWorld';
import { readHistories } from './checks/History';
import type { PostgresServer } from './database/PostgresServer';
import type { Schedule } from './schedule';
import { World } from './World';

export interface Outcome {
  failures: string[];
  /** What happened, step by step. */
  trace: string[];
  /** The same for the same course of events. */
  hash: string;
  counts: Record<string, number>;
}

/** Plays a schedule to its end and judges what came of it. */
export async function runSchedule(
  server: PostgresServer,
  schedule: Schedule,
): Promise<Outcome> {
  const world = new World(server, schedule);
  const unhandled = (reason: unknown) =>
    world.fail(`a rejection that nobody handles: ${reason}`);
  process.on('unhandledRejection', unhandled);
  try {
    await world.run();
    const histories = await readHistories(server);
    const failures = [...world.failures];
    if (failures.length === 0) {
      const written = await server.look<{ what: string }>(
        'select what from violations',
      );
      failures.push(
        ...written.map(({ what }) => `writes: ${what}`),
        ...histories.flatMap(checkHistory),
        ...histories.flatMap(history => checkEffects(history, world.aws)),
        ...checkRequests(histories, world.people.requests),
        ...checkFollowers(histories, world.people.followers),
      );
    }
    const { effects, staleLooks } = world.aws;
    const trace = [
      ...world.trace,
      ...(failures.length > 0
        ? histories.flatMap(({ events }) =>
            events.map(
              ({ sequence, stepId, message, data }) =>
                `${sequence} ${stepId ?? ''} ${message} ${JSON.stringify(
                  data,
                )}`,
            ),
          )
        : []),
    ];
    return {
      failures,
      trace,
      hash: hashOf(world.trace),
      counts: {
        steps: world.steps,
        virtualSeconds: Math.round(world.time.elapsedMs / 1000),
        events: histories.reduce((sum, { events }) => sum + events.length, 0),
        'take-ups': histories.reduce((sum, { run }) => sum + run.fence, 0),
        effects: effects.length,
        'effects sent after the lease was lost': effects.filter(
          ({ isOut }) => isOut,
        ).length,
        'effects that came late': effects.filter(({ isLate }) => isLate).length,
        'stale looks': [...staleLooks.values()].reduce((sum, n) => sum + n, 0),
        'adopted effects': histories.reduce(
          (sum, { events }) =>
            sum + events.filter(({ data }) => data.adopted === true).length,
          0,
        ),
        cancelled: histories.filter(({ run }) => run.state === 'cancelled')
          .length,
        succeeded: histories.filter(({ run }) => run.state === 'succeeded')
          .length,
      },
    };
  } finally {
    process.off('unhandledRejection', unhandled);
    await world.end();
    await server.clear();
  }
}

function hashOf(trace: string[]): string {
  return createHash('sha256')
    .update(trace.join('\n'))
    .digest('hex')
    .slice(0, 12);
}
