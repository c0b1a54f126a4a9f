import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { LogFile } from './LogFile';

describe('a log file', () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'slipway-log-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  function lines(file: string): string[] {
    return readFileSync(file, 'utf8').trimEnd().split('\n');
  }

  it('takes twice the size of a large file at most, and loses none of the latest lines', async () => {
    const file = path.join(dir, 'large/lines.log');
    const log = new LogFile(file, 100);
    const said = Array.from({ length: 60 }, (_, index) => `line ${index}`);
    // All at once: no line waits for the disk.
    said.forEach(line => log.add(line));
    await log.close();
    expect(readdirSync(path.dirname(file)).sort()).toEqual([
      'lines.log',
      'lines.log.1',
    ]);
    const kept = [...lines(`${file}.1`), ...lines(file)];
    expect(kept).toEqual(said.slice(-kept.length));
    expect(kept.length).toBeLessThan(30);
  });

  it('goes on with what is there, and takes nothing more once it is closed', async () => {
    const file = path.join(dir, 'kept.log');
    for (const line of ['first', 'second']) {
      const log = new LogFile(file);
      log.add(line);
      await log.close();
      log.add('too late');
    }
    await new Promise(resolve => setImmediate(resolve));
    expect(lines(file)).toEqual(['first', 'second']);
  });

  it('outlives a disk that is full', async () => {
    const log = new LogFile('/dev/full');
    log.add('lost');
    await new Promise(resolve => setTimeout(resolve, 50));
    log.add('lost too');
    await expect(log.close()).resolves.toBeUndefined();
  });
});
