import { readFileSync } from 'node:fs';
import { inputFor, type Subject, synthesize } from '../subject';

/** Rows of a document's tables: cells without padding, back-ticks and stars. */
function tableRows(file: string): string[][] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line.startsWith('|'))
    .map(line =>
      line
        .slice(1, -1)
        .split('|')
        .map(cell => cell.trim().replace(/[`*]/g, '')),
    );
}

function word(value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.join(', ') || 'none';
  return value === '' ? 'empty' : String(value);
}

/** The table of resources by type and size that the README of a blueprint must have. @public */
export function resourceTable(subject: Subject): string[][] {
  const counts = Object.keys(subject.blueprint.sizes).map(size => {
    const byType = new Map<string, number>();
    const { template } = synthesize(subject, inputFor(subject, size));
    for (const { Type } of Object.values(template.Resources)) {
      byType.set(Type, (byType.get(Type) ?? 0) + 1);
    }
    return byType;
  });
  const types = [...new Set(counts.flatMap(count => [...count.keys()]))].sort();
  return [
    ...types.map(type => [
      type,
      ...counts.map(count => String(count.get(type) ?? 0)),
    ]),
    [
      'All',
      ...counts.map(count =>
        String([...count.values()].reduce((sum, each) => sum + each, 0)),
      ),
    ],
  ];
}

/** The table of parameters, their defaults, and what each size sets. @public */
export function parameterTable({ blueprint }: Subject): string[][] {
  return Object.entries(blueprint.parameters).map(([name, schema]) => [
    name,
    schema.title,
    word(schema.default),
    ...Object.values(blueprint.sizes).map(size => word(size.parameters[name])),
  ]);
}

/** The README counts what the stack makes and lists what can be chosen. @public */
export function describeReadme(subject: Subject, file: string): void {
  describe('the README', () => {
    const rows = tableRows(file);
    const sizes = Object.keys(subject.blueprint.sizes).length;

    it('counts the resources of each size, with their rows of the document', () => {
      const said = rows.filter(
        row => /^(AWS::|All$)/.test(row[0]) && row.length === sizes + 2,
      );
      expect(said.map(row => row.slice(0, -1))).toEqual(resourceTable(subject));
      expect(
        said.filter(([type, ...row]) => type !== 'All' && !row.at(-1)),
      ).toEqual([]);
    });

    it('lists every parameter with its default and what the sizes set', () => {
      const said = rows.filter(
        row =>
          row[0] in subject.blueprint.parameters && row.length === sizes + 3,
      );
      expect(said).toEqual(parameterTable(subject));
    });
  });
}
