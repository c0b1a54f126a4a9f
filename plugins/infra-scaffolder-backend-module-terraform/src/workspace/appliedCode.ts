import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';

/** What was applied last, so that an environment can be held against it: files by their path, and which folder is the root. */
interface Bundle {
  root: string;
  files: Record<string, string>;
}

/** Folders that Terraform fills. */
const NOT_CODE = /^(\.terraform.*|slipway\.tf(backend|plan)|.*\.tfstate.*)$/;

export async function packCode(folder: string, root: string): Promise<Buffer> {
  const files: Bundle['files'] = {};
  const visit = async (at: string) => {
    for (const entry of await readdir(at, { withFileTypes: true })) {
      const file = path.join(at, entry.name);
      if (NOT_CODE.test(entry.name)) {
        continue;
      }
      if (entry.isDirectory()) {
        await visit(file);
      } else {
        files[path.relative(folder, file)] = await readFile(file, 'base64');
      }
    }
  };
  await visit(folder);
  const bundle: Bundle = { root: path.relative(folder, root), files };
  return promisify(gzip)(JSON.stringify(bundle));
}

/** @returns the root module's folder within `folder` */
export async function unpackCode(
  packed: Buffer,
  folder: string,
): Promise<string> {
  const text = (await promisify(gunzip)(packed)).toString('utf8');
  const { root, files } = JSON.parse(text) as Bundle;
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, Buffer.from(content, 'base64'), { mode: 0o600 });
  }
  return path.join(folder, root);
}
