import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Declaration, outputsOf, variablesOf } from './hcl';

/** A module's README with its tables of inputs and outputs as its files say; what stands before them is left alone. */
export function moduleReadme(folder: string): string {
  const [head] = readFileSync(path.join(folder, 'README.md'), 'utf8').split(
    /^## (?:Inputs|Outputs)$/m,
  );
  return [
    head.trimEnd(),
    '## Inputs',
    table(
      ['Name', 'Type', 'Default', 'Meaning'],
      variablesOf(folder).map(inputRow),
    ),
    '## Outputs',
    table(
      ['Name', 'Meaning'],
      outputsOf(folder).map(({ name, description }) => [
        code(name),
        description,
      ]),
    ),
  ]
    .join('\n\n')
    .concat('\n');
}

function inputRow({ name, type, ...rest }: Declaration): string[] {
  return [
    code(name),
    code(type ?? 'any'),
    rest.default === undefined ? 'required' : code(rest.default),
    rest.description,
  ];
}

function code(text: string): string {
  return `\`${text.replace(/\|/g, '\\|')}\``;
}

/** As prettier lays it out. */
function table(head: string[], rows: string[][]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map(row => row[column].length)),
  );
  const line = (cells: string[]) =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at])).join(' | ')} |`;
  return [
    line(head),
    `| ${widths.map(width => '-'.repeat(width)).join(' | ')} |`,
    ...rows.map(line),
  ].join('\n');
}
