import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { setTimeout as delay } from 'node:timers/promises';
import {
  DatabaseRunEngine,
  type DatabaseRunEngineOptions,
} from '../engine/DatabaseRunEngine';
import { migrateRuns } from '../store/migrateRuns';
import type { NewRun, NewStep, RunEngine, StepHandler } from '../types';

export const KIND = 'test.kind';

export type TestEngineOptions = Partial<DatabaseRunEngineOptions> & {
  /** Engines drive runs of their kind only, so worlds that share a database each have one. */
  kind?: string;
};

/** A database of its own for each call, and engines that are stopped when the file is done. */
export function useRuns() {
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  const engines: RunEngine[] = [];

  afterEach(async () => {
    await Promise.all(engines.splice(0).map(engine => engine.stop()));
  });

  return {
    async database(): Promise<Knex> {
      const knex = await databases.init('POSTGRES_18');
      await migrateRuns(knex);
      return knex;
    },
    engine(
      knex: Knex,
      steps: StepHandler[],
      options: TestEngineOptions = {},
    ): DatabaseRunEngine {
      const engine = newEngine(knex, steps, options);
      engines.push(engine);
      return engine;
    },
  };
}

export function newEngine(
  knex: Knex,
  steps: StepHandler[],
  options: TestEngineOptions = {},
): DatabaseRunEngine {
  const engine = DatabaseRunEngine.create({
    knex,
    logger: mockServices.logger.mock(),
    leaseSeconds: 1,
    pollSeconds: 0.1,
    graceSeconds: 1,
    lostCallDelaysMs: [10, 10, 10],
    ...options,
  });
  engine.registerKind({ kind: options.kind ?? KIND });
  steps.forEach(handler => engine.registerStep(handler));
  return engine;
}

/** Steps written `id: type < dependency dependency`. */
export function graph(...lines: string[]): NewStep[] {
  return lines.map(line => {
    const [head, dependencies = ''] = line.split('<');
    const [id, type = id] = head.split(':').map(part => part.trim());
    return {
      id,
      type: type || id,
      title: id,
      dependsOn: dependencies.split(' ').filter(Boolean),
    };
  });
}

export function newRun(steps: NewStep[], more: Partial<NewRun> = {}): NewRun {
  return {
    kind: KIND,
    title: 'Test run',
    subject: 'thing:1',
    createdBy: 'user:default/maya',
    inputs: {},
    steps,
    ...more,
  };
}

/** Looks until something is so; the test's own time-out ends it. */
export async function until(
  isSo: () => boolean | Promise<boolean>,
): Promise<void> {
  while (!(await isSo())) {
    await delay(10);
  }
}
