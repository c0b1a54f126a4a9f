import { cp, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

const LOCAL_SOURCE = /^\s*source\s*=\s*"(\.\.?\/[^"]*)"/gm;
/** What an earlier use of the folder by hand left there. */
const NOT_OURS = /^(\.terraform|.*\.tfstate.*|.*\.tfplan|.*\.tfvars(\.json)?)$/;

/** A root module's folder and those of the local modules that it uses, itself first. */
export async function moduleFolders(root: string): Promise<string[]> {
  const found = new Set<string>();
  const visit = async (folder: string) => {
    if (found.has(folder)) {
      return;
    }
    found.add(folder);
    for (const name of await readdir(folder)) {
      if (name.endsWith('.tf')) {
        const text = await readFile(path.join(folder, name), 'utf8');
        for (const [, source] of text.matchAll(LOCAL_SOURCE)) {
          await visit(path.resolve(folder, source));
        }
      }
    }
  };
  await visit(path.resolve(root));
  return [...found];
}

/**
 * Copies a root module with its local modules, each where it stands to the others, because Terraform writes into the folder
 * that it works in.
 *
 * @returns the root module's folder within `target`
 */
export async function copyModules(
  root: string,
  target: string,
): Promise<string> {
  const folders = await moduleFolders(root);
  const common = folders.reduce(commonFolder);
  for (const folder of folders) {
    await cp(folder, path.join(target, path.relative(common, folder)), {
      recursive: true,
      filter: source => !NOT_OURS.test(path.basename(source)),
    });
  }
  return path.join(target, path.relative(common, path.resolve(root)));
}

function commonFolder(one: string, other: string): string {
  const left = one.split(path.sep);
  const right = other.split(path.sep);
  const differs = left.findIndex((part, index) => part !== right[index]);
  return differs === -1 ? one : left.slice(0, differs).join(path.sep) || '/';
}
