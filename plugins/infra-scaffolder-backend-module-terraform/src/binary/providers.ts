import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import type { Binary } from './findBinary';
import { REGISTRIES } from './registry';

/** Where people and package makers put mirrors; searched so many folders deep. */
const USUAL_ROOTS = [
  '/opt',
  '/usr/local/share',
  '/usr/share',
  '/usr/local/lib',
];
const DEPTH = 2;

/** Where providers come from. */
export type ProviderSource =
  | { from: 'cli-configuration'; file: string }
  /** `providers` as `registry.terraform.io/hashicorp/aws`. */
  | { from: 'mirror'; folder: string; providers: string[] }
  | { from: 'registry' };

export interface NoProviders {
  reason: string;
}

/**
 * Each program takes providers of its own registry only, so a mirror counts where it has the AWS provider under that name.
 * The configured mirror; else what the person who runs the portal told Terraform itself; else a mirror in one of the usual
 * folders; else the registry.
 */
export async function findProviders(
  configured: string | undefined,
  kind: Binary['kind'],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<ProviderSource | NoProviders> {
  const awsProvider = `${REGISTRIES[kind]}/hashicorp/aws`;
  if (configured) {
    const providers = await providersIn(configured);
    return providers.includes(awsProvider)
      ? { from: 'mirror', folder: configured, providers }
      : {
          reason: `infraScaffolder.terraform.providerMirror is ${configured}, which has no folder ${awsProvider}. Make one with \`${kind} providers mirror\`.`,
        };
  }
  const file = [
    environment.TF_CLI_CONFIG_FILE,
    path.join(homedir(), '.terraformrc'),
    path.join(homedir(), '.tofurc'),
  ].find(each => each && existsSync(each));
  if (file) {
    return { from: 'cli-configuration', file };
  }
  for (const folder of await usualFolders()) {
    const providers = await providersIn(folder);
    if (providers.includes(awsProvider)) {
      return { from: 'mirror', folder, providers };
    }
  }
  return { from: 'registry' };
}

/** What Terraform is told of it; undefined where it is left to the registry's defaults. */
export function cliConfiguration(
  source: ProviderSource,
  pluginCache: string,
): string {
  const quoted = (text: string) => JSON.stringify(text);
  const lines = ['disable_checkpoint = true'];
  if (source.from === 'mirror') {
    const names = source.providers.map(quoted).join(', ');
    lines.push(
      'provider_installation {',
      '  filesystem_mirror {',
      `    path    = ${quoted(source.folder)}`,
      `    include = [${names}]`,
      '  }',
      '  direct {',
      `    exclude = [${names}]`,
      '  }',
      '}',
    );
  } else {
    lines.push(`plugin_cache_dir = ${quoted(pluginCache)}`);
  }
  return `${lines.join('\n')}\n`;
}

async function usualFolders(): Promise<string[]> {
  const home = homedir();
  const folders = [
    path.join(home, '.terraform.d', 'plugins'),
    path.join(home, '.local', 'share', 'terraform', 'plugins'),
    '/usr/local/share/terraform/plugins',
    '/usr/share/terraform/plugins',
  ];
  for (const root of USUAL_ROOTS) {
    folders.push(...(await foldersUnder(root, DEPTH)));
  }
  return folders;
}

async function foldersUnder(root: string, depth: number): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true }).catch(() => []);
  const folders = entries
    .filter(entry => entry.isDirectory())
    .map(entry => path.join(root, entry.name));
  if (depth <= 1) {
    return folders;
  }
  const deeper = await Promise.all(
    folders.map(folder => foldersUnder(folder, depth - 1)),
  );
  return [...folders, ...deeper.flat()];
}

/** Providers of a folder that is laid out as a mirror, e.g. `registry.terraform.io/hashicorp/aws`. */
async function providersIn(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const registry of Object.values(REGISTRIES)) {
    const spaces = await readdir(path.join(folder, registry)).catch(() => []);
    for (const space of spaces) {
      const types = await readdir(path.join(folder, registry, space)).catch(
        () => [],
      );
      found.push(...types.map(type => `${registry}/${space}/${type}`));
    }
  }
  return found;
}
