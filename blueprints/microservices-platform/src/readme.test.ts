import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inputFor, synthesize } from './__testUtils__/synthesize';
import { microservicesPlatform } from './definition';

const readme = readFileSync(join(__dirname, '../README.md'), 'utf8');

/** Rows of the README's tables: cells without padding and back-ticks. */
const rows = readme
  .split('\n')
  .filter(line => line.startsWith('|'))
  .map(line =>
    line
      .slice(1, -1)
      .split('|')
      .map(cell => cell.trim().replace(/[`*]/g, '')),
  );

describe('the README', () => {
  it('counts the resources of each size', () => {
    const counts = ['dev', 'small', 'prod'].map(size => {
      const byType = new Map<string, number>();
      for (const { Type } of Object.values(
        synthesize(inputFor(size)).template.Resources,
      )) {
        byType.set(Type, (byType.get(Type) ?? 0) + 1);
      }
      return byType;
    });
    const types = [...new Set(counts.flatMap(count => [...count.keys()]))];
    const expected = types
      .sort()
      .map(type => [
        type,
        ...counts.map(count => String(count.get(type) ?? 0)),
      ]);
    const said = rows
      .filter(row => /^AWS::/.test(row[0]) && row.length === 5)
      .map(row => row.slice(0, 4));
    expect(said).toEqual(expected);
    expect(
      rows.filter(row => row[0].startsWith('AWS::')).map(row => row[4]),
    ).not.toContain('');
  });

  it('lists every parameter with its default and what the sizes set', () => {
    const word = (value: unknown) => {
      if (value === undefined) return '';
      if (Array.isArray(value)) return value.join(', ') || 'none';
      return value === '' ? 'empty' : String(value);
    };
    const { parameters, sizes } = microservicesPlatform;
    const expected = Object.entries(parameters).map(([name, schema]) => [
      name,
      schema.title,
      word(schema.default),
      ...['dev', 'small', 'prod'].map(size =>
        word(sizes[size].parameters[name]),
      ),
    ]);
    const said = rows.filter(row => row[0] in parameters && row.length === 6);
    expect(said).toEqual(expected);
  });
});
