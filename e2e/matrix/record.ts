import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { EngineId } from '@slipway/plugin-infra-scaffolder-common';
import { ROOT } from '../support/portal';

export const BLUEPRINTS = [
  'cloud-native',
  'enterprise-platform',
  'high-workload',
  'microservices-platform',
  'records-service',
];
export const ENGINES: EngineId[] = ['cdk', 'terraform'];

const RECORD = path.join(ROOT, 'docs/verification/browser-matrix.md');
const FIGURES = path.join(ROOT, 'docs/verification/browser-matrix.json');
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

export interface Row {
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

/** Writes one pair down; what is known of the others stays. */
export function record(row: Row): void {
  const known = existsSync(FIGURES)
    ? (JSON.parse(readFileSync(FIGURES, 'utf8')) as Record<string, Row>)
    : {};
  const rows = Object.entries({
    ...known,
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
  return `# Each blueprint by each engine, in the browser

\`script/verify browser-matrix\` opens the portal in Chromium, fills in the form for an environment of the smallest size, confirms its plan, watches
it being made, changes how long logs are kept, and destroys it, in a sandbox of its own. Then it asks AWS: nothing is left. Times are
from the confirmation to the sentence on the page, on a machine with two cores and other work.

${tableOf([COLUMNS, COLUMNS.map(() => '---'), ...cells])}
${
  missing.length > 0
    ? `\nNot walked in the browser yet: ${missing.join(', ')}.\n`
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
