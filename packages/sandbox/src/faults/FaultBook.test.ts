import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { FaultBook } from './FaultBook';

describe('the book of faults', () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'slipway-faults-'));
  const file = path.join(dir, 'faults.json');
  const books: FaultBook[] = [];
  const open = () => {
    const book = new FaultBook({ file });
    books.push(book);
    return book;
  };
  afterEach(() => {
    books.splice(0).forEach(book => {
      book.end(() => true);
      book.stop();
    });
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  const dark = { kind: 'dark', mode: 'drop' } as const;

  it('is in the same world after a restart', () => {
    const before = open();
    const region = before.start({
      effect: dark,
      match: { region: 'us-west-2' },
      startedBy: 'command',
    });
    before.start({
      effect: dark,
      match: { zone: 'us-east-1a' },
      startedBy: 'EXP1',
      durationMs: 60_000,
    });
    before.stop();
    const after = open();
    expect(after.list()).toEqual(before.list());
    expect(after.darkness()).toEqual({
      regions: ['us-west-2'],
      zones: ['us-east-1a'],
    });
    after.end(({ id }) => id === region.id);
    after.stop();
    expect(open().darkness()).toEqual({ regions: [], zones: ['us-east-1a'] });
  });

  it('tells every change, also an end by time', async () => {
    const book = open();
    const told: string[][] = [];
    const ended = new Promise<void>(resolve => {
      book.onChange(() => {
        told.push(book.darkness().zones);
        if (told.length === 2) {
          resolve();
        }
      });
    });
    book.start({
      effect: dark,
      match: { zone: 'us-east-1b' },
      startedBy: 'command',
      durationMs: 50,
    });
    await ended;
    expect(told).toEqual([['us-east-1b'], []]);
  });

  it('goes on where nothing can be written: faults end, and none begins that could not be kept', async () => {
    const book = open();
    const short = { effect: dark, startedBy: 'command', durationMs: 200 };
    book.start({ ...short, match: { zone: 'us-east-1b' } });
    book.start({
      ...short,
      match: { region: 'us-west-2' },
      durationMs: 60_000,
    });
    const ended = new Promise(resolve => book.onChange(() => resolve(true)));
    mkdirSync(`${file}.partial`);
    try {
      expect(() =>
        book.start({ ...short, match: { region: 'us-east-1' } }),
      ).toThrow();
      expect(await ended).toBe(true);
      expect(book.darkness()).toEqual({ regions: ['us-west-2'], zones: [] });
      expect(book.end(() => true)).toHaveLength(1);
      expect(book.list()).toEqual([]);
    } finally {
      rmSync(`${file}.partial`, { recursive: true });
    }
    book.start({ ...short, match: { region: 'us-east-1' } });
    expect(book.darkness().regions).toEqual(['us-east-1']);
  });

  it('uses up faults that are limited in number, over restarts too', () => {
    const call = {
      account: '111111111111',
      region: 'us-east-1',
      service: 's3',
      operation: 'PutObject',
      dependsOn: ['us-east-1'],
    };
    const book = open();
    book.start({
      effect: { kind: 'throttle' },
      match: {},
      times: 2,
      startedBy: 'command',
    });
    expect(book.hit(call)).toHaveLength(1);
    book.stop();
    const next = open();
    expect(next.hit(call)).toHaveLength(1);
    expect(next.hit(call)).toHaveLength(0);
  });
});
