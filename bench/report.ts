import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Figure } from './types';
import { ROOT_DIR } from './world/ChildProgram';

const HEADINGS = ['Measure', 'Figure', 'Target', 'Verdict'];

function verdict({ met }: Figure): string {
  return met ? 'met' : 'missed';
}

/** For people at a terminal, the details below. */
export function tableOf(figures: Figure[]): string {
  const rows = [
    HEADINGS,
    ...figures.map(each => [
      each.measure,
      each.figure,
      each.target,
      verdict(each),
    ]),
  ];
  const widths = HEADINGS.map((_, column) =>
    Math.max(...rows.map(row => row[column].length)),
  );
  const lines = rows.map(row =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd(),
  );
  return [
    lines[0],
    widths.map(width => '-'.repeat(width)).join('  '),
    ...figures.flatMap(({ details }, index) => [
      lines[index + 1],
      ...details.map(detail => `    ${detail}`),
    ]),
  ].join('\n');
}

/** Replaces `docs/measures.md` by these figures. @returns its path. */
export function record(figures: Figure[], args: string[]): string {
  const file = path.join(ROOT_DIR, 'docs/measures.md');
  const options = args.filter(arg => arg !== '--record');
  const cells = (row: string[]) => `| ${row.join(' | ')} |`;
  const table = [
    cells(HEADINGS),
    cells(HEADINGS.map(() => '---')),
    ...figures.map(each =>
      cells([each.measure, each.figure, each.target, verdict(each)]),
    ),
  ];
  const lines = [
    '# Measures',
    '',
    `Written by \`${['script/bench', ...options, '--record'].join(
      ' ',
    )}\` on ${new Date()
      .toISOString()
      .slice(0, 10)}, ${os.availableParallelism()} cores (${
      os.cpus()[0]?.model.trim() ?? 'unknown'
    }), ${Math.round(os.totalmem() / 2 ** 30)} GB of memory, Node ${
      process.version
    }, ${os.type()} ${os.release()}.`,
    'Each ratio has both of its sides from this one run. `bench/README.md` says how each is measured.',
    '',
    ...table,
    '',
    '## What they were made from',
    '',
    ...figures.flatMap(({ measure, details }) => [
      `- ${measure}`,
      ...details.map(detail => `  - ${detail}`),
    ]),
    '',
  ];
  writeFileSync(file, lines.join('\n'));
  return path.relative(ROOT_DIR, file);
}
