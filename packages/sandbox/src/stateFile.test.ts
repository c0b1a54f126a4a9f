import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { FaultBook } from './faults/FaultBook';
import { FisStore } from './fis/FisStore';
import { RunFile } from './supervisor/runFile';

describe('files of the state', () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'slipway-state-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  const KEPT: Record<string, (file: string) => unknown> = {
    'faults.json': file => new FaultBook({ file }),
    'fis.json': file => new FisStore(file, () => {}),
  };
  const cases = Object.keys(KEPT).flatMap(name =>
    ['', '{', 'null', '7', '{}', '[1]', '[null]', '[{"id":"f"}]'].map(
      text => [name, text] as const,
    ),
  );

  it.each(cases)('%s that holds >%s< is named and kept', (name, text) => {
    const file = path.join(dir, name);
    writeFileSync(file, text);
    expect(() => KEPT[name](file)).toThrow(`${file} cannot be read`);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it.each(['', 'null', '7', '{"pid":1,"parts":{}}', '[]'])(
    'a record of a run that holds >%s< is none',
    text => {
      writeFileSync(path.join(dir, 'run.json'), text);
      expect(new RunFile(dir).readRunning()).toBeUndefined();
    },
  );
});
