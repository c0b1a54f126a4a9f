import { join } from 'node:path';
import {
  BaseCredentials,
  type IIoHost,
  MemoryContext,
  Toolkit,
} from '@aws-cdk/toolkit-lib';
import type { BlueprintInput } from '@slipway/plugin-infra-scaffolder-node';
import { App, BootstraplessSynthesizer, Stack } from 'aws-cdk-lib';
import { loadBlueprintModule } from './blueprintModule';
import type { SynthResult } from './protocol';
import { WorkerError } from './WorkerError';

/**
 * Synthesises a blueprint with the CDK toolkit, without credentials and without asking AWS anything, so that the same
 * input gives the same template everywhere.
 *
 * @throws WorkerError and whatever the blueprint throws.
 */
export async function synthesise(
  cdkModule: string,
  input: BlueprintInput,
  folder: string,
): Promise<SynthResult> {
  return synthesiseWith(loadBlueprintModule(cdkModule), input, folder);
}

/** Loads and runs everything that a synth needs once, on a blueprint of nothing. */
export async function warmUp(folder: string): Promise<void> {
  const stackName = 'warm-up';
  await synthesiseWith(
    { build: app => new Stack(app, stackName, { stackName }) },
    { stackName },
    folder,
  );
}

async function synthesiseWith<TInput extends { stackName: string }>(
  blueprint: { build(app: App, input: TInput): unknown },
  input: TInput,
  folder: string,
): Promise<SynthResult> {
  const warnings: string[] = [];
  const toolkit = new Toolkit({
    ioHost: collecting(warnings),
    emojis: false,
    color: false,
    sdkConfig: { baseCredentials: BaseCredentials.none() },
  });
  const source = await toolkit.fromAssemblyBuilder(
    async ({ outdir, context }) => {
      const app = new App({
        outdir,
        context,
        analyticsReporting: false,
        defaultStackSynthesizer: new BootstraplessSynthesizer(),
      });
      await blueprint.build(app, input);
      return app.synth();
    },
    {
      clobberEnv: false,
      resolveDefaultEnvironment: false,
      lookups: false,
      contextStore: new MemoryContext({}),
      outdir: join(folder, 'assembly'),
      synthOptions: { versionReporting: false },
    },
  );
  const assembly = await toolkit.synth(source);
  try {
    const { stacks } = assembly.cloudAssembly;
    const [stack] = stacks;
    if (stacks.length !== 1 || stack.stackName !== input.stackName) {
      const made = stacks.map(each => each.stackName).join(', ') || 'none';
      throw new WorkerError(
        'cdk.synth-failed',
        `The blueprint must make one stack named ${input.stackName}; it made ${made}`,
      );
    }
    return { template: JSON.stringify(stack.template), warnings };
  } finally {
    await assembly.dispose();
  }
}

function collecting(warnings: string[]): IIoHost {
  return {
    async notify(message) {
      if (message.level === 'warn') {
        warnings.push(message.message);
      }
    },
    async requestResponse(request) {
      return request.defaultResponse;
    },
  };
}
