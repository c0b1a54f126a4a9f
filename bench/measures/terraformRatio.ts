import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import {
  cliConfiguration,
  ToolchainFinder,
} from '@slipway/plugin-infra-scaffolder-backend-module-terraform';
import { median, seconds } from '../statistics';
import type { Measure } from '../types';
import type { BenchWorld } from '../world/BenchWorld';
import {
  destroyEnvironment,
  requestEnvironment,
  type RunTimes,
} from '../world/portalRun';

const CONSTANT_SECONDS = 1;
const TARGET_RATIO = 1.05;
const VARIABLES = 'slipway.tfvars.json';
const run = promisify(execFile);

/** The code and variables that the portal applied, in a folder for a plain Terraform. */
class BareTerraform {
  readonly #folder: string;
  readonly #root: string;
  readonly #env: NodeJS.ProcessEnv;

  static async like(
    world: BenchWorld,
    { engineState }: Environment,
    name: string,
  ): Promise<BareTerraform> {
    const { stateBucket, stateKey } = engineState as Record<string, string>;
    const client = new S3Client({
      endpoint: world.awsUrl,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      forcePathStyle: true,
    });
    const { Body } = await client.send(
      new GetObjectCommand({
        Bucket: stateBucket,
        Key: `${path.posix.dirname(stateKey)}/applied.json.gz`,
      }),
    );
    client.destroy();
    const bundle = JSON.parse(
      gunzipSync(await Body!.transformToByteArray()).toString('utf8'),
    ) as { root: string; files: Record<string, string> };
    const folder = await mkdtemp(path.join(tmpdir(), 'slipway-bench-bare-'));
    for (const [file, content] of Object.entries(bundle.files)) {
      const target = path.join(folder, file);
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, Buffer.from(content, 'base64'));
    }
    const root = path.join(folder, bundle.root);
    const variables = JSON.parse(
      await readFile(path.join(root, VARIABLES), 'utf8'),
    );
    await writeFile(
      path.join(root, VARIABLES),
      JSON.stringify({ ...variables, name: `slipway-${name}` }),
    );
    const bare = new BareTerraform(
      folder,
      root,
      world.awsUrl,
      await cliConfigurationIn(folder),
    );
    await bare.#terraform(
      'init',
      `-backend-config=bucket=${stateBucket}`,
      `-backend-config=key=bench/${name}.tfstate`,
      '-backend-config=use_path_style=true',
      '-backend-config=use_lockfile=true',
    );
    return bare;
  }

  private constructor(
    folder: string,
    root: string,
    awsUrl: string,
    cliConfigurationFile: string,
  ) {
    this.#folder = folder;
    this.#root = root;
    const { PATH, HOME } = process.env;
    this.#env = {
      PATH,
      HOME,
      TF_CLI_CONFIG_FILE: cliConfigurationFile,
      TF_IN_AUTOMATION: '1',
      CHECKPOINT_DISABLE: '1',
      AWS_ENDPOINT_URL: awsUrl,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_EC2_METADATA_DISABLED: 'true',
    };
  }

  /** @returns seconds of `plan` and of `apply`; `init` is not among them. */
  async apply(): Promise<{ plan: number; apply: number }> {
    const began = performance.now();
    await this.#terraform('plan', `-var-file=${VARIABLES}`, '-out=plan');
    const planned = performance.now();
    await this.#terraform('apply', 'plan');
    return {
      plan: (planned - began) / 1000,
      apply: (performance.now() - planned) / 1000,
    };
  }

  async destroy(): Promise<void> {
    await this.#terraform('destroy', `-var-file=${VARIABLES}`, '-auto-approve');
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #terraform(command: string, ...args: string[]): Promise<void> {
    await run('terraform', [command, '-input=false', '-no-color', ...args], {
      cwd: this.#root,
      env: this.#env,
      maxBuffer: 64 * 1024 * 1024,
    });
  }
}

/** Providers from where the portal's engine finds them. */
async function cliConfigurationIn(folder: string): Promise<string> {
  const found = await ToolchainFinder.create({}).find();
  if ('reason' in found) {
    throw new Error(found.reason);
  }
  if (found.providers.from === 'cli-configuration') {
    return found.providers.file;
  }
  const file = path.join(folder, 'cli.tfrc');
  await writeFile(file, cliConfiguration(found.providers, folder));
  return file;
}

/** The portal's run by Terraform against plan and apply of the same code by Terraform alone, on the same sandbox, in turns. */
export const terraformRatio: Measure = {
  name: 'terraform',
  title: 'portal run by Terraform ÷ bare terraform plan and apply',
  async run(world, { rounds, say }) {
    const { backend, portal } = await world.startPortal();
    const ofPortal: RunTimes[] = [];
    const ofBare: number[] = [];
    try {
      const blueprint = await portal.blueprint();
      for (let round = 0; round < rounds; round += 1) {
        const name = `bench-tf-${round}`;
        const request = await portal.proposeRequest(name, blueprint);
        const planned = await requestEnvironment(portal, {
          ...request,
          engine: 'terraform',
        });
        const times = await planned.confirm();
        ofPortal.push(times);
        say(
          `portal ${seconds(times.total)} (plan ${seconds(
            times.plan,
          )}, apply ${seconds(times.apply)})`,
        );
        const environment = await portal.environment(planned.environment.id);
        const bare = await BareTerraform.like(
          world,
          environment,
          `bench-bare-${round}`,
        );
        await destroyEnvironment(portal, environment);
        const { plan, apply } = await bare.apply();
        ofBare.push(plan + apply);
        say(
          `bare   ${seconds(plan + apply)} (plan ${seconds(
            plan,
          )}, apply ${seconds(apply)})`,
        );
        await bare.destroy();
      }
    } finally {
      await world.end(backend);
    }
    const portalSeconds = median(ofPortal.map(({ total }) => total));
    const bareSeconds = median(ofBare);
    const ratio = (portalSeconds - CONSTANT_SECONDS) / bareSeconds;
    return [
      {
        measure: `(portal run − ${CONSTANT_SECONDS} s) ÷ bare terraform plan and apply`,
        figure: ratio.toFixed(3),
        target: `≤${TARGET_RATIO}`,
        met: ratio <= TARGET_RATIO,
        details: [
          `terraform: medians of ${rounds} rounds in turns: portal ${seconds(
            portalSeconds,
          )}, bare ${seconds(
            bareSeconds,
          )}; the portal's two inits count, the bare one's does not`,
        ],
      },
    ];
  },
};
