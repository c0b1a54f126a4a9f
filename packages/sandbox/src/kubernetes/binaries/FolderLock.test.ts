import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { FolderLock } from './FolderLock';

describe('a lock among processes', () => {
  let folder: string;
  beforeEach(() => {
    folder = path.join(
      mkdtempSync(path.join(os.tmpdir(), 'slipway-lock-')),
      'lock',
    );
  });
  afterEach(() => rmSync(path.dirname(folder), { recursive: true }));

  it('has one holder at a time', () => {
    const [one, other] = [new FolderLock(folder), new FolderLock(folder)];
    expect([one.take(), other.take(), one.take()]).toEqual([true, false, true]);
    other.release();
    expect(other.take()).toBe(false);
    one.release();
    expect(other.take()).toBe(true);
  });

  it('is taken over from a process that has died, also when its id lives on', () => {
    mkdirSync(folder);
    writeFileSync(
      path.join(folder, 'holder.json'),
      JSON.stringify({ pid: process.pid, identity: 'an earlier process' }),
    );
    expect(new FolderLock(folder).take()).toBe(true);
  });
});
