import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import type { BlueprintInput } from '@slipway/plugin-infra-scaffolder-node';
import type { BareQuestion, BareTimes } from './protocol';

const BOOTSTRAP = {
  Resources: { StagingBucket: { Type: 'AWS::S3::Bucket' } },
  Outputs: {
    BucketName: { Value: { Ref: 'StagingBucket' } },
    BucketDomainName: {
      Value: { 'Fn::GetAtt': ['StagingBucket', 'RegionalDomainName'] },
    },
    BootstrapVersion: { Value: '32' },
  },
};

/** Entry of the process that does what a person with the CDK toolkit alone would do. */
async function main() {
  process.on('message', (question: BareQuestion) => {
    if (typeof question.do !== 'string') {
      return;
    }
    perform(question).then(
      answer => process.send?.({ id: question.id, answer: answer ?? null }),
      error => process.send?.({ id: question.id, error: wordsOf(error) }),
    );
  });
  process.on('disconnect', () => process.exit(0));
}

/** The toolkit wraps what went wrong, several times over. */
function wordsOf(error: unknown): string {
  const { message, cause } = error as Error;
  return cause ? `${message}: ${wordsOf(cause)}` : `${message}`;
}

function perform(question: BareQuestion): Promise<BareTimes | void> {
  switch (question.do) {
    case 'warm':
      return warm();
    case 'apply':
      return apply(question.input, question.pollMilliseconds);
    default:
      return destroy(question.input);
  }
}

function load() {
  // Not `import()`: it does not find the names that a transformed module exports.
  const library: typeof import('@aws-cdk/toolkit-lib') = require('@aws-cdk/toolkit-lib');
  const cdk: typeof import('aws-cdk-lib') = require('aws-cdk-lib');
  const blueprint: typeof import('@slipway/blueprint-microservices-platform/cdk') = require('@slipway/blueprint-microservices-platform/cdk');
  const toolkit = new library.Toolkit({
    ioHost: {
      notify: async () => undefined,
      requestResponse: async request => request.defaultResponse,
    },
    emojis: false,
    color: false,
    sdkConfig: {
      baseCredentials: library.BaseCredentials.custom({
        region: 'us-east-1',
        provider: async () => ({
          accessKeyId: process.env.AWS_ACCESS_KEY_ID!,
          secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY!,
        }),
      }),
    },
  });
  return { library, cdk, blueprint, toolkit };
}

type Loaded = ReturnType<typeof load>;

async function within<T>(
  { library, cdk, blueprint, toolkit }: Loaded,
  input: BlueprintInput,
  work: (
    source: Awaited<ReturnType<Loaded['toolkit']['fromAssemblyBuilder']>>,
  ) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'bare-toolkit-'));
  try {
    const source = await toolkit.fromAssemblyBuilder(
      async ({ outdir, context }) => {
        const app = new cdk.App({
          outdir,
          context,
          analyticsReporting: false,
          defaultStackSynthesizer: new cdk.BootstraplessSynthesizer(),
        });
        await blueprint.build(app, input);
        return app.synth();
      },
      {
        clobberEnv: false,
        resolveDefaultEnvironment: false,
        contextStore: new library.MemoryContext({}),
        outdir: path.join(folder, 'assembly'),
        synthOptions: { versionReporting: false },
      },
    );
    return await work(source);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Loads everything, and makes what `cdk bootstrap` would make of what is needed here: the bucket that templates too long
 * for a request go through.
 */
async function warm(): Promise<void> {
  load();
  const client = new CloudFormationClient({ region: 'us-east-1' });
  await client.send(
    new CreateStackCommand({
      StackName: 'CDKToolkit',
      TemplateBody: JSON.stringify(BOOTSTRAP),
    }),
  );
  await waitUntilStackCreateComplete(
    { client, maxWaitTime: 60, minDelay: 1 },
    { StackName: 'CDKToolkit' },
  );
  client.destroy();
}

async function apply(
  input: BlueprintInput,
  pollMilliseconds: number,
): Promise<BareTimes> {
  const began = performance.now();
  const loaded = load();
  const { toolkit, library } = loaded;
  const atLoaded = performance.now();
  return within(loaded, input, async source => {
    const assembly = await toolkit.synth(source);
    try {
      await toolkit.diff(assembly, {
        method: library.DiffMethod.TemplateOnly(),
      });
      const atPlanned = performance.now();
      await toolkit.deploy(assembly, {
        deploymentMethod: { method: 'direct' },
        stackEventPollingInterval: pollMilliseconds,
        tags: Object.entries(input.tags).map(([Key, Value]) => ({
          Key,
          Value,
        })),
      });
      return {
        load: (atLoaded - began) / 1000,
        plan: (atPlanned - atLoaded) / 1000,
        deploy: (performance.now() - atPlanned) / 1000,
      };
    } finally {
      await assembly.dispose();
    }
  });
}

async function destroy(input: BlueprintInput): Promise<void> {
  const loaded = load();
  await within(loaded, input, source => loaded.toolkit.destroy(source));
}

main();
