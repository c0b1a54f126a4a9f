import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { requireOwnFolder } from './ownFolder';

describe('requireOwnFolder', () => {
  const parent = mkdtempSync(path.join(tmpdir(), 'slipway-tf-own-'));
  const place = (name: string) => path.join(parent, name);
  const refused = { problem: { code: 'terraform.folder-not-own' } };

  afterAll(() => rmSync(parent, { recursive: true, force: true }));

  it('makes one that nobody else may enter, and takes it again', async () => {
    const folder = place('new/folder');
    await requireOwnFolder(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    await requireOwnFolder(folder);
  });

  it.each([0o770, 0o707, 0o777])(
    'refuses one that others may write to: %o',
    async mode => {
      const folder = place(`open-${mode}`);
      mkdirSync(folder);
      chmodSync(folder, mode);
      await expect(requireOwnFolder(folder)).rejects.toMatchObject(refused);
      symlinkSync(folder, `${folder}-link`);
      await expect(requireOwnFolder(`${folder}-link`)).rejects.toMatchObject(
        refused,
      );
    },
  );

  it("refuses somebody else's", async () => {
    const folder = place('theirs');
    mkdirSync(folder, { mode: 0o700 });
    await expect(
      requireOwnFolder(folder, process.getuid!() + 1),
    ).rejects.toMatchObject(refused);
  });
});
