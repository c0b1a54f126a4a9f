import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { JsonObject } from '@backstage/types';
import type { DescribedResource } from '@slipway/plugin-infra-scaffolder-node';
import type { Toolchain } from '@slipway/plugin-infra-scaffolder-backend-module-terraform';

type Engine =
  typeof import('@slipway/plugin-infra-scaffolder-backend-module-terraform');

/** Loaded only by tests that run Terraform: it brings AWS's clients along. */
const loadEngine = (): Engine =>
  require('@slipway/plugin-infra-scaffolder-backend-module-terraform');

const MOST_OUTPUT_BYTES = 64 * 1024 * 1024;
/** Commands that know no `-input`. */
const ASKS_NOTHING = ['output', 'show'];
const SAVED_PLAN = 'slipway.tfplan';
const VARIABLES = 'slipway.tfvars.json';
/** Plans need no state, and tests share none. */
const NO_BACKEND = 'terraform {\n  backend "local" {}\n}\n';

/** A resource that a plan would change. @public */
export interface PlannedResource {
  address: string;
  type: string;
  /** e.g. `create` */
  action: string;
}

/** One message of `terraform plan -json`, as far as it is read. */
interface PlanLine {
  type: string;
  change?: {
    action: string;
    resource: { addr: string; resource_type: string };
  };
  outputs?: Record<string, unknown>;
  diagnostic?: { severity: string; summary: string; detail: string };
}

/** Why there is none to test with; undefined where there is. @public */
export const missingTerraform = (process.env.PATH ?? '')
  .split(path.delimiter)
  .some(folder =>
    ['terraform', 'tofu'].some(name => existsSync(path.join(folder, name))),
  )
  ? undefined
  : 'neither terraform nor tofu is on the PATH';

/** Terraform in a copy of a root module. @public */
export class Terraform {
  readonly #folder: string;
  readonly #root: string;
  readonly #toolchain: Toolchain;
  readonly #engine: Engine;
  readonly #env: NodeJS.ProcessEnv;

  /** Copies the root with its modules, and makes it ready. */
  static async open(root: string, endpoint: string): Promise<Terraform> {
    const engine = loadEngine();
    const toolchain = await engine.ToolchainFinder.create({}).find();
    if ('reason' in toolchain) throw new Error(toolchain.reason);
    const folder = mkdtempSync(path.join(tmpdir(), 'slipway-terraform-'));
    const copy = await engine.copyModules(root, path.join(folder, 'code'));
    writeFileSync(path.join(copy, 'slipway_override.tf'), NO_BACKEND);
    const terraform = new Terraform(engine, folder, copy, toolchain, endpoint);
    await terraform.#run('init');
    return terraform;
  }

  private constructor(
    engine: Engine,
    folder: string,
    root: string,
    toolchain: Toolchain,
    endpoint: string,
  ) {
    this.#engine = engine;
    this.#folder = folder;
    this.#root = root;
    this.#toolchain = toolchain;
    const home = path.join(folder, 'home');
    const pluginCache = path.join(tmpdir(), 'slipway-terraform-plugins');
    mkdirSync(home);
    mkdirSync(pluginCache, { recursive: true });
    const { providers } = toolchain;
    const file = path.join(folder, 'cli.tfrc');
    if (providers.from !== 'cli-configuration') {
      writeFileSync(file, engine.cliConfiguration(providers, pluginCache));
    }
    this.#env = engine.childEnvironment({
      home,
      dataFolder: path.join(folder, 'data'),
      cliConfigurationFile:
        providers.from === 'cli-configuration' ? providers.file : file,
      aws: {
        region: 'us-east-1',
        endpoint,
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      },
    });
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** What would change with these variables. @throws Error with Terraform's words where it would make nothing */
  async plan(
    variables: JsonObject,
  ): Promise<{ resources: PlannedResource[]; outputs: string[] }> {
    writeFileSync(path.join(this.#root, VARIABLES), JSON.stringify(variables));
    // Its messages tell what a test asks, and reading a saved plan would start the provider once more.
    const lines = (
      await this.#run('plan', '-json', '-lock=false', `-var-file=${VARIABLES}`)
    )
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line) as PlanLine);
    return {
      resources: lines.flatMap(({ type, change }) =>
        type === 'planned_change' && change && change.action !== 'read'
          ? [
              {
                address: change.resource.addr,
                type: change.resource.resource_type,
                action: change.action,
              },
            ]
          : [],
      ),
      outputs: lines.flatMap(({ outputs }) => Object.keys(outputs ?? {})),
    };
  }

  /** What would stand afterwards, as the engine tells it to those who review plans. */
  async describe(variables: JsonObject): Promise<DescribedResource[]> {
    writeFileSync(path.join(this.#root, VARIABLES), JSON.stringify(variables));
    await this.#run(
      'plan',
      '-lock=false',
      `-out=${SAVED_PLAN}`,
      `-var-file=${VARIABLES}`,
    );
    const document = await this.#run('show', '-json', SAVED_PLAN);
    return this.#engine.normalisePlan(JSON.parse(document)).resources.after;
  }

  /** Makes it. @returns the outputs */
  async apply(variables: JsonObject): Promise<Record<string, string>> {
    await this.#change('apply', variables);
    const outputs = JSON.parse(await this.#run('output', '-json')) as Record<
      string,
      { value: string }
    >;
    return Object.fromEntries(
      Object.entries(outputs).map(([key, { value }]) => [key, value]),
    );
  }

  async destroy(variables: JsonObject): Promise<void> {
    await this.#change('destroy', variables);
  }

  async #change(command: string, variables: JsonObject): Promise<void> {
    writeFileSync(path.join(this.#root, VARIABLES), JSON.stringify(variables));
    await this.#run(command, '-auto-approve', `-var-file=${VARIABLES}`);
  }

  async #run(command: string, ...args: string[]): Promise<string> {
    try {
      const { stdout } = await promisify(execFile)(
        this.#toolchain.binary.path,
        [
          command,
          '-no-color',
          ...(ASKS_NOTHING.includes(command) ? [] : ['-input=false']),
          ...args,
        ],
        { cwd: this.#root, env: this.#env, maxBuffer: MOST_OUTPUT_BYTES },
      );
      return stdout;
    } catch (error) {
      const { stdout = '', stderr } = error as {
        stdout?: string;
        stderr?: string;
      };
      throw new Error(stderr?.trim() || errorsOf(stdout) || String(error));
    }
  }
}

/** Terraform's own words, from the messages that say what is wrong. */
function errorsOf(messages: string): string {
  return messages
    .split('\n')
    .filter(line => line.includes('"diagnostic"'))
    .map(line => (JSON.parse(line) as PlanLine).diagnostic)
    .map(each => `${each?.summary}: ${each?.detail}`)
    .join('\n');
}
