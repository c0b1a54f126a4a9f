import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { identify } from '../worker/processIdentity';
import { FOLDER_PREFIX, OWNER_FILE, sweepFolders, WORKER_FILE } from './sweep';

describe('sweepFolders', () => {
  const parent = mkdtempSync(path.join(tmpdir(), 'slipway-tf-sweep-'));
  const inTwoDays = new Date(Date.now() + 2 * 24 * 3600 * 1000);

  afterAll(() => rmSync(parent, { recursive: true, force: true }));

  it('removes what nobody works in any more, and nothing else', async () => {
    const living = await identify(process.pid);
    const dead = { ...living, startedAt: 'before' };
    const elsewhere = { ...living, host: 'another-machine' };
    const folder = (name: string, owner: object, worker?: object) => {
      const made = path.join(parent, name);
      mkdirSync(made);
      writeFileSync(path.join(made, OWNER_FILE), JSON.stringify(owner));
      if (worker) {
        writeFileSync(path.join(made, WORKER_FILE), JSON.stringify(worker));
      }
      return made;
    };
    const made = {
      abandoned: folder(`${FOLDER_PREFIX}1`, dead, dead),
      owned: folder(`${FOLDER_PREFIX}2`, living),
      worked: folder(`${FOLDER_PREFIX}3`, dead, living),
      far: folder(`${FOLDER_PREFIX}4`, elsewhere),
      foreign: folder('somebody-elses', dead),
    };
    const left = () =>
      Object.entries(made).flatMap(([name, at]) =>
        existsSync(at) ? name : [],
      );
    await sweepFolders(parent, new Date());
    expect(left()).toEqual(Object.keys(made));
    await sweepFolders(parent, inTwoDays);
    expect(left()).toEqual(['owned', 'worked', 'far', 'foreign']);
  });
});
