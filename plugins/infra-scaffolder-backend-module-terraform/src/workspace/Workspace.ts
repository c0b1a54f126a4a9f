import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { JsonObject } from '@backstage/types';
import { StepFailedError } from '@slipway/plugin-runs-node';
import {
  childEnvironment,
  type ChildCredentials,
} from '../binary/childEnvironment';
import { cliConfiguration } from '../binary/providers';
import { runTerraform, type TerraformResult } from '../binary/runTerraform';
import type { Toolchain } from '../binary/toolchain';
import type { TerraformSettings } from '../config';
import { identify } from '../worker/processIdentity';
import { packCode, unpackCode } from './appliedCode';
import { copyModules } from './moduleFiles';
import { requireOwnFolder } from './ownFolder';
import { ReadyFolder } from './ready';
import { FOLDER_PREFIX, OWNER_FILE } from './sweep';

const VARIABLES = 'slipway.tfvars.json';
const BACKEND = 'slipway.tfbackend';
const CODE = 'code';

export interface WorkspaceOptions {
  settings: TerraformSettings;
  toolchain: Toolchain;
  /** The blueprint's root module with its variables, or what was packed of another workspace. */
  code: { root: string; variables: JsonObject } | { packed: Buffer };
  aws: ChildCredentials;
  state: { bucket: string; key: string };
}

/** A folder of its own in which Terraform works on one environment. */
export class Workspace {
  /** All of it; removed by {@link Workspace.remove}. */
  readonly folder: string;
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  readonly binary: string;
  /** While a process that outlives the back end works in it; then whoever proves that process gone removes it. */
  isInUse = false;
  /** When the credentials that it works with end; undefined where they do not. */
  readonly credentialsUntil: Date | undefined;

  /** Copies the root module, and has Terraform make it ready. */
  static async open(
    options: WorkspaceOptions,
    signal: AbortSignal,
  ): Promise<Workspace> {
    const { settings, toolchain, aws, state, code } = options;
    await requireOwnFolder(settings.workingDirectory);
    await requireOwnFolder(settings.pluginCache);
    const folder = await mkdtemp(
      path.join(settings.workingDirectory, FOLDER_PREFIX),
    );
    try {
      const root =
        'packed' in code
          ? await unpackCode(code.packed, path.join(folder, CODE))
          : await copyModules(code.root, path.join(folder, CODE));
      await writeFile(
        path.join(folder, OWNER_FILE),
        JSON.stringify(await identify(process.pid)),
      );
      const home = path.join(folder, 'home');
      await mkdir(home);
      const cliConfigurationFile = path.join(folder, 'cli.tfrc');
      if (toolchain.providers.from !== 'cli-configuration') {
        await writeFile(
          cliConfigurationFile,
          cliConfiguration(toolchain.providers, settings.pluginCache),
        );
      }
      if ('variables' in code) {
        await writeFile(
          path.join(root, VARIABLES),
          JSON.stringify(code.variables),
          { mode: 0o600 },
        );
      }
      const backend = backendConfiguration(settings, aws, state);
      await writeFile(path.join(root, BACKEND), backend);
      const dataFolder = path.join(folder, 'data');
      const workspace = new Workspace(
        folder,
        root,
        childEnvironment({
          home,
          dataFolder,
          cliConfigurationFile:
            toolchain.providers.from === 'cli-configuration'
              ? toolchain.providers.file
              : cliConfigurationFile,
          aws,
        }),
        toolchain.binary.path,
        aws.credentials.expiration,
      );
      const ready = await ReadyFolder.of(
        settings.workingDirectory,
        path.join(folder, CODE),
        [
          backend,
          path.relative(folder, root),
          toolchain.binary.path,
          toolchain.binary.version,
          JSON.stringify(toolchain.providers),
        ],
      );
      if (!(await ready.restore(root, dataFolder))) {
        await workspace.#init(signal);
        await ready.keep(root, dataFolder);
      }
      return workspace;
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  private constructor(
    folder: string,
    root: string,
    env: NodeJS.ProcessEnv,
    binary: string,
    credentialsUntil: Date | undefined,
  ) {
    this.folder = folder;
    this.root = root;
    this.env = env;
    this.binary = binary;
    this.credentialsUntil = credentialsUntil;
  }

  /** The arguments by which a command reads the variables. */
  get variableArguments(): string[] {
    return [`-var-file=${VARIABLES}`];
  }

  run(args: string[], signal?: AbortSignal): Promise<TerraformResult> {
    return runTerraform({
      binary: this.binary,
      args,
      cwd: this.root,
      env: this.env,
      signal,
    });
  }

  /** Its code and variables, to be opened again later. */
  pack(): Promise<Buffer> {
    return packCode(path.join(this.folder, CODE), this.root);
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }

  async #init(signal: AbortSignal): Promise<void> {
    const { code, stderr } = await this.run(
      ['init', '-input=false', '-no-color', `-backend-config=${BACKEND}`],
      signal,
    );
    if (code !== 0) {
      throw new StepFailedError(
        {
          code: 'terraform.init-failed',
          message: `Terraform cannot make its folder ready: ${plainText(
            stderr,
          )}`,
          mend: 'Where a provider is missing, give a mirror in infraScaffolder.terraform.providerMirror or let the portal reach the registry; then retry the step.',
        },
        { retryable: true },
      );
    }
  }
}

function backendConfiguration(
  { kmsKeyId, lockTable }: TerraformSettings,
  { region, endpoint }: ChildCredentials,
  { bucket, key }: WorkspaceOptions['state'],
): string {
  const values: Record<string, string | boolean> = {
    bucket,
    key,
    region,
    encrypt: true,
    ...(kmsKeyId && { kms_key_id: kmsKeyId }),
    ...(lockTable ? { dynamodb_table: lockTable } : { use_lockfile: true }),
    ...(endpoint && { use_path_style: true }),
  };
  return Object.entries(values)
    .map(([name, value]) => `${name} = ${JSON.stringify(value)}\n`)
    .join('');
}

/** Terraform's own words without the frame that it draws around them. */
function plainText(stderr: string): string {
  return stderr
    .replace(/[╷│╵]/g, ' ')
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)
    .join(' ');
}
