/**
 * Plays random schedules against the real engine on a real PostgreSQL; docs/adr/0017-simulated-schedules.md.
 *
 * Usage: DATABASE_URL=postgres://… schedules.ts [--count 10000] [--from 1] [--first-failure]
 *                                                | --seed N [--trace] [--shrink]
 */
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { PostgresServer } from '../src/__testUtils__/simulation/database/PostgresServer';
import {
  regressions,
  signalsAroundRest,
} from '../src/__testUtils__/simulation/regressions';
import { runSchedule } from '../src/__testUtils__/simulation/runSchedule';
import {
  schedules,
  type Schedule,
} from '../src/__testUtils__/simulation/schedule';

function print(text: string) {
  process.stdout.write(`${text}\n`);
}

function scheduleOf(seed: number): Schedule {
  return fc.sample(schedules, { seed, numRuns: 1 })[0];
}

async function replay(
  server: PostgresServer,
  seed: number,
  showTrace: boolean,
) {
  const schedule = scheduleOf(seed);
  const outcome = await runSchedule(server, schedule);
  print(JSON.stringify(schedule));
  if (showTrace || outcome.failures.length > 0) {
    outcome.trace.forEach(print);
  }
  print(`hash ${outcome.hash}, ${JSON.stringify(outcome.counts)}`);
  outcome.failures.forEach(print);
  return outcome.failures.length;
}

async function shrink(server: PostgresServer, seed: number) {
  const property = fc.asyncProperty(schedules, async schedule => {
    const { failures } = await runSchedule(server, schedule);
    if (failures.length > 0) {
      throw new Error(failures.join('\n'));
    }
  });
  return fc.check(property, {
    seed,
    numRuns: 1,
    interruptAfterTimeLimit: 60_000,
  });
}

async function main() {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: '10000' },
      from: { type: 'string', default: '1' },
      seed: { type: 'string' },
      trace: { type: 'boolean', default: false },
      'first-failure': { type: 'boolean', default: false },
      shrink: { type: 'boolean', default: false },
    },
  });
  const server = await PostgresServer.create(process.env.DATABASE_URL);
  try {
    if (values.seed !== undefined) {
      process.exitCode = await replay(
        server,
        Number(values.seed),
        values.trace,
      );
      if (values.shrink) {
        const result = await shrink(server, Number(values.seed));
        print(`${result.numShrinks} shrinks: ${result.errorInstance}`);
        print(JSON.stringify(result.counterexample?.[0]));
      }
      return;
    }
    const sums: Record<string, number> = {};
    const failed: string[] = [];
    const courses = createHash('sha256');
    const began = performance.now();
    const first = Number(values.from);
    const count = Number(values.count);
    const played: Array<[string, Schedule]> =
      first === 1
        ? [
            ...regressions.map(({ what, schedule }): [string, Schedule] => [
              what,
              schedule,
            ]),
            ...signalsAroundRest.map((one): [string, Schedule] => [
              'of a signal around rest',
              one,
            ]),
          ]
        : [];
    for (let seed = first; seed < first + count; seed += 1) {
      played.push([`${seed}`, scheduleOf(seed)]);
    }
    for (const [index, [name, schedule]] of played.entries()) {
      const { failures, counts, hash } = await runSchedule(server, schedule);
      courses.update(hash);
      for (const [what, number] of Object.entries(counts)) {
        sums[what] = (sums[what] ?? 0) + number;
      }
      if (failures.length > 0) {
        failed.push(name);
        print(`seed ${name}: ${failures[0]}`);
        print(JSON.stringify(schedule));
        if (values['first-failure']) {
          break;
        }
      }
      if (index % 500 === 499) {
        print(`${index + 1} played, ${failed.length} failed`);
      }
    }
    const seconds = (performance.now() - began) / 1000;
    print(JSON.stringify(sums));
    print(`hash of all courses ${courses.digest('hex').slice(0, 12)}`);
    print(
      `${played.length} schedules in ${Math.round(seconds)} s, ${(
        count / seconds
      ).toFixed(1)}/s`,
    );
    print(`${played.length - failed.length} passed, ${failed.length} failed`);
    process.exitCode = failed.length > 0 ? 1 : 0;
  } finally {
    await server.destroy();
  }
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
