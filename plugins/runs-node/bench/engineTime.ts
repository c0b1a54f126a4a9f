/**
 * Measures what the engine adds to a step: runs of one-call steps, one after the other, and for each step the time
 * from its start to the next one's start less the time that its call itself took. Prints one line of JSON.
 *
 * Usage: DATABASE_URL=postgres://… yarn workspace @slipway/plugin-runs-node bench [steps]
 */
import type { LoggerService } from '@backstage/backend-plugin-api';
import knexFactory from 'knex';
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { DatabaseRunEngine, migrateRuns } from '../src';
import { settled } from '../src/testing';

const CALL_MS = 5;
const STEPS_A_RUN = 50;

const logger: LoggerService = {
  error: message => process.stderr.write(`${message}\n`),
  warn: message => process.stderr.write(`${message}\n`),
  info: () => {},
  debug: () => {},
  child: () => logger,
};

async function measure(connection: string, steps: number) {
  const schema = `runs_bench_${randomBytes(4).toString('hex')}`;
  const knex = knexFactory({
    client: 'pg',
    connection,
    searchPath: [schema],
    pool: { min: 1, max: 10 },
  });
  await knex.raw('create schema ??', [schema]);
  try {
    await migrateRuns(knex);
    return await drive(knex, steps);
  } finally {
    await knex.raw('drop schema ?? cascade', [schema]);
    await knex.destroy();
  }
}

async function drive(
  knex: Parameters<typeof migrateRuns>[0],
  steps: number,
): Promise<number[]> {
  const engine = DatabaseRunEngine.create({ knex, logger });
  const engineMs: number[] = [];
  let callMs = 0;
  let begunAt: number | undefined;
  engine.registerKind({ kind: 'bench' });
  engine.registerStep({
    type: 'one-call',
    execute: async ctx => {
      const now = performance.now();
      if (begunAt !== undefined) {
        engineMs.push(now - begunAt - callMs);
      }
      begunAt = now;
      await ctx.call({
        name: 'Wait',
        facts: {},
        guard: { type: 'token' },
        execute: async () => {
          const began = performance.now();
          await delay(CALL_MS);
          callMs = performance.now() - began;
          return null;
        },
      });
      return {};
    },
  });
  await engine.start();
  for (let done = 0; done < steps; done += STEPS_A_RUN) {
    begunAt = undefined;
    const { id } = await engine.create({
      kind: 'bench',
      title: 'Bench',
      subject: 'bench',
      createdBy: 'user:default/bench',
      inputs: {},
      steps: Array.from({ length: STEPS_A_RUN }, (_, index) => ({
        id: `s${index}`,
        type: 'one-call',
        title: `Step ${index}`,
        dependsOn: index > 0 ? [`s${index - 1}`] : [],
      })),
    });
    const run = await settled(engine, id, { timeoutSeconds: 120 });
    if (run.state !== 'succeeded') {
      throw new Error(`The run ended ${run.state}: ${run.problem?.message}`);
    }
  }
  await engine.stop();
  return engineMs;
}

function quantile(sorted: number[], share: number): number {
  const index = Math.min(
    sorted.length - 1,
    Math.ceil(sorted.length * share) - 1,
  );
  return Math.round(sorted[index] * 100) / 100;
}

const connection = process.env.DATABASE_URL;
if (!connection) {
  throw new Error(
    'Set DATABASE_URL to a PostgreSQL that the bench may make a schema in',
  );
}
measure(connection, Number(process.argv[2] ?? 500)).then(
  times => {
    const sorted = [...times].sort((a, b) => a - b);
    const result = {
      what: 'engine time a step, one call each',
      steps: sorted.length,
      p50Ms: quantile(sorted, 0.5),
      p95Ms: quantile(sorted, 0.95),
    };
    process.stdout.write(`${JSON.stringify(result)}\n`);
  },
  error => {
    process.stderr.write(`${error}\n`);
    process.exitCode = 1;
  },
);
