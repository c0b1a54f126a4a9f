import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { StepFailedError } from '@slipway/plugin-runs-node';
import { z } from 'zod';
import type { StateStore } from '../state/StateStore';

/** What was planned or applied: files by their path, in Base64, and which folder is the root. */
const bundleSchema = z.object({
  root: z.string(),
  files: z.record(z.string(), z.string()),
});

type Bundle = z.infer<typeof bundleSchema>;

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

export function codeHash(packed: Buffer): string {
  return createHash('sha256').update(packed).digest('hex');
}

/**
 * Code from the bucket is run with the account's credentials, so it is taken only if it is what the portal's own database
 * says it is.
 *
 * @throws StepFailedError
 */
export async function fetchCode(
  store: StateStore,
  { key, sha256 }: { key: string; sha256: string },
  signal?: AbortSignal,
): Promise<Buffer> {
  const packed = await store.get(key, signal);
  if (!packed || codeHash(packed) !== sha256) {
    throw new StepFailedError({
      code: 'terraform.code-lost',
      message: packed
        ? `The code ${key} in ${store.bucket} is not what this portal put there. It is not used.`
        : `The code ${key} is no longer in ${store.bucket}.`,
      mend: 'Plan an update of the environment and apply it: that keeps its code anew. Look who else may write to the bucket.',
    });
  }
  return packed;
}

/** @returns the root module's folder within `folder` */
export async function unpackCode(
  packed: Buffer,
  folder: string,
): Promise<string> {
  const text = (await promisify(gunzip)(packed)).toString('utf8');
  const { root, files } = bundleSchema.parse(JSON.parse(text));
  const within = (name: string) => {
    const place = path.resolve(folder, name);
    const top = path.resolve(folder);
    if (place !== top && !place.startsWith(`${top}${path.sep}`)) {
      throw new Error(`A bundle of code names ${name}, outside of its folder.`);
    }
    return place;
  };
  const rootFolder = within(root);
  for (const [name, content] of Object.entries(files)) {
    const file = within(name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, Buffer.from(content, 'base64'), { mode: 0o600 });
  }
  return rootFolder;
}
