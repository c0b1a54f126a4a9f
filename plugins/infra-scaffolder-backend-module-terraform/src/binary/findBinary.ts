import { execFile } from 'node:child_process';
import { access, constants, realpath } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

/** Values that are written and never kept in a state, as the modules' secrets are, exist since 1.11 of either program. */
const OLDEST = [1, 11] as const;

type Kind = 'terraform' | 'tofu';

export interface Binary {
  path: string;
  kind: Kind;
  /** e.g. `1.11.4`. */
  version: string;
}

/** Why there is no Terraform, in words for a person. */
export interface NoBinary {
  reason: string;
}

/** The configured program, else the first of `terraform` and `tofu` on the PATH. */
export async function findBinary(
  configured: string | undefined,
): Promise<Binary | NoBinary> {
  const found = configured
    ? await onPath(configured)
    : (await onPath('terraform')) ?? (await onPath('tofu'));
  if (!found) {
    return {
      reason: configured
        ? `infraScaffolder.terraform.binary is ${configured}, which is not a program on the portal's machine.`
        : 'Neither terraform nor tofu is on the PATH of the portal. Install one, or name it in infraScaffolder.terraform.binary.',
    };
  }
  return versionOf(found);
}

async function versionOf(file: string): Promise<Binary | NoBinary> {
  try {
    const { stdout } = await promisify(execFile)(file, ['version', '-json'], {
      env: { PATH: process.env.PATH, CHECKPOINT_DISABLE: '1' },
      timeout: 20_000,
    });
    const version = String(JSON.parse(stdout).terraform_version);
    const kind = await kindOf(file);
    const [major, minor] = version.split('.').map(Number);
    const [oldestMajor, oldestMinor] = OLDEST;
    if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
      return {
        reason: `${file} is ${version}; the portal needs ${oldestMajor}.${oldestMinor} or newer.`,
      };
    }
    return { path: file, kind, version };
  } catch (error) {
    return {
      reason: `${file} does not say its version: ${
        error instanceof Error ? error.message : error
      }`,
    };
  }
}

async function kindOf(file: string): Promise<Kind> {
  return /tofu/.test(path.basename(await realpath(file)))
    ? 'tofu'
    : 'terraform';
}

async function onPath(name: string): Promise<string | undefined> {
  const candidates = name.includes(path.sep)
    ? [path.resolve(name)]
    : (process.env.PATH ?? '')
        .split(path.delimiter)
        .filter(Boolean)
        .map(folder => path.join(folder, name));
  for (const candidate of candidates) {
    try {
      await access(candidate, constants.X_OK);
      return candidate;
    } catch {
      // The next one.
    }
  }
  return undefined;
}
