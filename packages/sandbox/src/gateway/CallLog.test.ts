import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CallLog } from './CallLog';

describe('the log of calls', () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'slipway-calls-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  const call = (operation: string) => ({
    at: '2026-11-25T04:00:00.000Z',
    account: '123456789012',
    region: 'us-east-1',
    service: 'ec2',
    operation,
    status: 200,
    durationMs: 1,
    faults: [],
  });

  function operations(file: string): string[] {
    return readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line).operation);
  }

  it('takes twice the size of a large file at most, and loses none of the latest calls', async () => {
    const file = path.join(dir, 'large/calls.jsonl');
    const log = new CallLog(file, 1_000);
    const names = Array.from({ length: 40 }, (_, index) => `Call${index}`);
    for (const name of names) {
      log.add(call(name));
      // As calls come: what was written is on its way to the disk before the next.
      await new Promise(resolve => setImmediate(resolve));
    }
    await log.close();
    expect(readdirSync(path.dirname(file)).sort()).toEqual([
      'calls.jsonl',
      'calls.jsonl.1',
    ]);
    const kept = [...operations(`${file}.1`), ...operations(file)];
    expect(kept).toEqual(names.slice(-kept.length));
    expect(kept.length).toBeLessThan(20);
    expect(log.total).toBe(40);
  });

  it('takes no more once it is closed, and counts what a call brings afterwards', async () => {
    const file = path.join(dir, 'closed.jsonl');
    const log = new CallLog(file);
    log.add(call('Before'));
    await log.close();
    log.add(call('After'));
    await new Promise(resolve => setImmediate(resolve));
    expect(operations(file)).toEqual(['Before']);
    expect(log.recent(1)[0].operation).toBe('After');
  });

  it('goes on where nothing can be written', async () => {
    const log = new CallLog('/dev/full');
    log.add(call('Lost'));
    await new Promise(resolve => setTimeout(resolve, 50));
    log.add(call('LostToo'));
    await log.close();
    expect(log.recent(2).map(({ operation }) => operation)).toEqual([
      'LostToo',
      'Lost',
    ]);
  });
});
