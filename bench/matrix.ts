import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type {
  EngineId,
  Environment,
} from '@slipway/plugin-infra-scaffolder-common';
import { ROOT_DIR } from './world/ChildProgram';
import { BenchWorld } from './world/BenchWorld';
import type { PortalClient } from './world/PortalClient';
import {
  destroyEnvironment,
  followToPlan,
  requestEnvironment,
} from './world/portalRun';

const RECORD = path.join(ROOT_DIR, 'docs/verification/matrix.md');
const FIGURES = path.join(ROOT_DIR, 'docs/verification/matrix.json');
const COLUMNS = [
  'Blueprint',
  'Engine',
  'Resources',
  'Created in',
  'Changed by the update',
  'Updated in',
  'Destroyed in',
  'On',
];
const BLUEPRINTS = [
  'microservices-platform',
  'records-service',
  'high-workload',
  'enterprise-platform',
  'cloud-native',
];
const ENGINES: EngineId[] = ['cdk', 'terraform'];
/** A change that every blueprint knows, and that replaces nothing. */
const CHANGE = { logRetentionDays: 14 };

interface Row {
  blueprint: string;
  engine: EngineId;
  resources: number;
  createSeconds: number;
  changed: number;
  updateSeconds: number;
  destroySeconds: number;
  /** ISO date. */
  day: string;
}

function say(line: string): void {
  process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
}

/** Creates, updates and destroys one environment, each by a plan that is confirmed. */
async function live(
  portal: PortalClient,
  blueprintId: string,
  engine: EngineId,
): Promise<Row> {
  const blueprint = await portal.blueprint(blueprintId);
  const proposed = await portal.proposeRequest(
    `m-${blueprintId.slice(0, 8).replace(/-$/, '')}-${engine.slice(0, 2)}`,
    blueprint,
  );
  const creation = await requestEnvironment(portal, { ...proposed, engine });
  const { changes } = await portal.plan(creation.runId);
  say(`${blueprintId} by ${engine}: ${changes.length} to create`);
  const created = await creation.confirm();
  const { environment } = creation;
  say(`${blueprintId} by ${engine}: created in ${created.apply.toFixed(0)} s`);
  const update = await updated(portal, environment);
  say(`${blueprintId} by ${engine}: updated in ${update.seconds.toFixed(0)} s`);
  const destroyed = await destroyEnvironment(portal, environment);
  say(
    `${blueprintId} by ${engine}: destroyed in ${destroyed.apply.toFixed(0)} s`,
  );
  return {
    blueprint: blueprintId,
    engine,
    resources: changes.length,
    createSeconds: created.apply,
    changed: update.changed,
    updateSeconds: update.seconds,
    destroySeconds: destroyed.apply,
    day: new Date().toISOString().slice(0, 10),
  };
}

async function updated(portal: PortalClient, { id }: Environment) {
  const began = performance.now();
  const environment = await portal.environment(id);
  const { runId } = await portal.update(environment, {
    blueprintVersion: environment.blueprint.version,
    size: environment.size,
    parameters: { ...environment.parameters, ...CHANGE },
  });
  const run = await followToPlan(portal, runId, began);
  const { changes } = await portal.plan(runId);
  if (changes.length === 0) {
    throw new Error('An update that changes nothing shows nothing');
  }
  const { apply } = await run.confirm();
  return { changed: changes.length, seconds: apply };
}

/** What is known of every pair; a run that makes some of them leaves the others as they were. */
function known(): Record<string, Row> {
  return existsSync(FIGURES)
    ? (JSON.parse(readFileSync(FIGURES, 'utf8')) as Record<string, Row>)
    : {};
}

function record(row: Row): void {
  const rows = Object.entries({
    ...known(),
    [`${row.blueprint} ${row.engine}`]: row,
  }).sort(([one], [other]) => (one < other ? -1 : 1));
  mkdirSync(path.dirname(RECORD), { recursive: true });
  writeFileSync(
    FIGURES,
    `${JSON.stringify(Object.fromEntries(rows), null, 2)}\n`,
  );
  writeFileSync(RECORD, page(rows.map(([, each]) => each)));
}

function page(rows: Row[]): string {
  const seconds = (value: number) => `${value.toFixed(0)} s`;
  const cells = rows.map(row => [
    row.blueprint,
    row.engine,
    String(row.resources),
    seconds(row.createSeconds),
    String(row.changed),
    seconds(row.updateSeconds),
    seconds(row.destroySeconds),
    row.day,
  ]);
  const missing = BLUEPRINTS.flatMap(id =>
    ENGINES.filter(
      engine =>
        !rows.some(row => row.blueprint === id && row.engine === engine),
    ).map(engine => `${id} by ${engine}`),
  );
  return `# Each blueprint by each engine, through the portal

\`script/verify matrix\` requests an environment of the smallest size by the portal's API, confirms its plan, waits for it, changes how
long logs are kept, and destroys it, in a sandbox of its own. Times are from the confirmation on, on a machine with two cores and
much else at work.

${tableOf([COLUMNS, COLUMNS.map(() => '---'), ...cells])}
${
  missing.length > 0
    ? `\nNot run through the portal yet: ${missing.join(', ')}.\n`
    : ''
}`;
}

/** As prettier lays it out. */
function tableOf(rows: string[][]): string {
  const widths = COLUMNS.map((_, at) =>
    Math.max(...rows.map(row => row[at].length)),
  );
  return rows
    .map(row =>
      row.map((cell, at) =>
        cell === '---' ? '-'.repeat(widths[at]) : cell.padEnd(widths[at]),
      ),
    )
    .map(row => `| ${row.join(' | ')} |`)
    .join('\n');
}

async function main(): Promise<void> {
  const asked = process.argv.slice(2);
  const pairs = asked.length
    ? asked.map(each => each.split(':') as [string, EngineId])
    : BLUEPRINTS.flatMap(id =>
        ENGINES.map(engine => [id, engine] as [string, EngineId]),
      );
  const world = await BenchWorld.start(say);
  try {
    const { portal } = await world.startPortal();
    for (const [blueprint, engine] of pairs) {
      try {
        record(await live(portal, blueprint, engine));
      } catch (error) {
        say(`${blueprint} by ${engine}: ${(error as Error).message}`);
        process.exitCode = 1;
      }
    }
  } finally {
    await world.stop();
  }
}

main().catch(error => {
  process.stderr.write(`${(error as Error).stack}\n`);
  process.exit(1);
});
