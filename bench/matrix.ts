import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type {
  EngineId,
  Environment,
} from '@slipway/plugin-infra-scaffolder-common';
import { ROOT_DIR } from './world/ChildProgram';
import { BenchWorld } from './world/BenchWorld';
import { PortalClient } from './world/PortalClient';
import {
  followToPlan,
  requestEnvironment,
  type PlannedRun,
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

interface Subject {
  blueprint: string;
  engine: EngineId;
  /** The blueprint's default unless given. */
  size?: string;
}

/** Who asks for environments, and who approves production. */
interface People {
  author: PortalClient;
  approver: PortalClient;
}

interface Row extends Subject {
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

function titleOf({ blueprint, size }: Subject): string {
  return size ? `${blueprint}, ${size}` : blueprint;
}

/** Creates, updates and destroys one environment, each by a plan that is confirmed. */
async function live(people: People, subject: Subject): Promise<Row> {
  const { author } = people;
  const { engine, size } = subject;
  const title = `${titleOf(subject)} by ${engine}`;
  const blueprint = await author.blueprint(subject.blueprint);
  const short = blueprint.id.slice(0, 8).replace(/-$/, '');
  const proposed = await author.proposeRequest(
    ['m', short, engine.slice(0, 2), ...(size ? [size] : [])].join('-'),
    blueprint,
  );
  const creation = await requestEnvironment(author, {
    ...proposed,
    ...(size && { size }),
    engine,
  });
  const { changes } = await author.plan(creation.runId);
  say(`${title}: ${changes.length} to create`);
  const createSeconds = await applied(people, creation, size);
  say(`${title}: created in ${createSeconds.toFixed(0)} s`);
  const update = await updated(people, creation.environment);
  say(`${title}: updated in ${update.seconds.toFixed(0)} s`);
  const began = performance.now();
  const { runId } = await author.destroy(creation.environment);
  const end = await followToPlan(author, runId, began);
  const destroySeconds = await applied(people, end, size);
  say(`${title}: destroyed in ${destroySeconds.toFixed(0)} s`);
  return {
    ...subject,
    resources: changes.length,
    createSeconds,
    changed: update.changed,
    updateSeconds: update.seconds,
    destroySeconds,
    day: new Date().toISOString().slice(0, 10),
  };
}

/** Confirmed, approved by somebody else where it is production, and applied; in seconds. */
async function applied(
  { approver }: People,
  run: PlannedRun,
  size?: string,
): Promise<number> {
  const [{ apply }] = await Promise.all([
    run.confirm(),
    size === 'prod' && approver.approve(run.runId),
  ]);
  return apply;
}

async function updated(people: People, { id }: Environment) {
  const portal = people.author;
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
  const seconds = await applied(people, run, environment.size);
  return { changed: changes.length, seconds };
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
    [[row.blueprint, row.engine, row.size].filter(Boolean).join(' ')]: row,
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
    titleOf(row),
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
        !rows.some(
          row => row.blueprint === id && row.engine === engine && !row.size,
        ),
    ).map(engine => `${id} by ${engine}`),
  );
  return `# Each blueprint by each engine, through the portal

\`script/verify matrix\` requests an environment of the smallest size, unless another is named, by the portal's API, confirms its
plan, waits for it, changes how long logs are kept, and destroys it, in a sandbox of its own. What is production is approved by
somebody else each time. Times are from the confirmation on, on a machine with two cores and
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
  const subjects = asked.length
    ? asked.map((each): Subject => {
        const [blueprint, engine, size] = each.split(':');
        return {
          blueprint,
          engine: engine as EngineId,
          ...(size && { size }),
        };
      })
    : BLUEPRINTS.flatMap(blueprint =>
        ENGINES.map((engine): Subject => ({ blueprint, engine })),
      );
  const world = await BenchWorld.start(say);
  try {
    const { backend, portal } = await world.startPortal();
    const approver = await PortalClient.signIn(backend.url, 'ada');
    for (const subject of subjects) {
      try {
        record(await live({ author: portal, approver }, subject));
      } catch (error) {
        say(
          `${titleOf(subject)} by ${subject.engine}: ${
            (error as Error).message
          }`,
        );
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
