import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { StateStore } from '../state/StateStore';
import { codeHash, fetchCode, packCode, unpackCode } from './appliedCode';

describe('the code that is kept in the bucket', () => {
  const parent = mkdtempSync(path.join(tmpdir(), 'slipway-tf-code-'));

  afterAll(() => rmSync(parent, { recursive: true, force: true }));

  const bundle = (root: string, name: string) =>
    gzipSync(
      JSON.stringify({
        root,
        files: { [name]: Buffer.from('stolen').toString('base64') },
      }),
    );

  it('comes out as it was packed', async () => {
    const from = path.join(parent, 'from');
    mkdirSync(path.join(from, 'root'), { recursive: true });
    mkdirSync(path.join(from, 'modules'));
    writeFileSync(path.join(from, 'root', 'main.tf'), 'terraform {}');
    writeFileSync(path.join(from, 'modules', 'a.tf'), 'locals {}');
    writeFileSync(path.join(from, 'root', 'slipway.tfplan'), 'a plan');
    const packed = await packCode(from, path.join(from, 'root'));
    const to = path.join(parent, 'to');
    expect(await unpackCode(packed, to)).toBe(path.join(to, 'root'));
    expect(readFileSync(path.join(to, 'root', 'main.tf'), 'utf8')).toBe(
      'terraform {}',
    );
    expect(readFileSync(path.join(to, 'modules', 'a.tf'), 'utf8')).toBe(
      'locals {}',
    );
    expect(existsSync(path.join(to, 'root', 'slipway.tfplan'))).toBe(false);
  });

  it.each([
    ['root', '../escaped'],
    ['root', 'root/../../escaped'],
    ['root', path.join(parent, 'escaped')],
    ['../', 'root/main.tf'],
    ['root', '../into-it/../escaped'],
    ['root', '../into-its-neighbour/escaped'],
  ])('is written nowhere else: %s, %s', async (root, name) => {
    const folder = path.join(parent, 'into-it');
    await expect(unpackCode(bundle(root, name), folder)).rejects.toThrow(
      'outside of its folder',
    );
    expect(existsSync(path.join(parent, 'escaped'))).toBe(false);
    expect(existsSync(path.join(parent, 'into-its-neighbour'))).toBe(false);
  });

  it('is taken only if it is what was put there', async () => {
    const packed = bundle('root', 'root/main.tf');
    const store = (body?: Buffer) =>
      ({ bucket: 'states', get: async () => body } as unknown as StateStore);
    const named = { key: 'applied.json.gz', sha256: codeHash(packed) };
    expect(await fetchCode(store(packed), named)).toBe(packed);
    for (const body of [bundle('root', 'root/other.tf'), undefined]) {
      await expect(fetchCode(store(body), named)).rejects.toMatchObject({
        problem: { code: 'terraform.code-lost' },
      });
    }
  });
});
