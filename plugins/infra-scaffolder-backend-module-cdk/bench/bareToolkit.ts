/**
 * Plans and applies one environment through the bare CDK toolkit, without the portal, and prints how long both took as
 * one line of JSON: `{"name", "resources", "planMs", "applyMs"}`. The portal's run of the same blueprint, size and
 * parameters is measured against it.
 *
 *   AWS_ENDPOINT_URL=http://127.0.0.1:4566 node --require @backstage/cli/config/nodeTransform.cjs \
 *     bench/bareToolkit.ts --name bare-1 --size dev --cidr 10.90.0.0/16 [--region us-east-1] [--destroy]
 *
 * Both sides leave out CDK's own template rules (`CDK_VALIDATION=false`), as the portal's worker does.
 */
import { parseArgs } from 'node:util';
import {
  BaseCredentials,
  DiffMethod,
  MemoryContext,
  StackSelectionStrategy,
  Toolkit,
} from '@aws-cdk/toolkit-lib';
import {
  AlreadyExistsException,
  CloudFormationClient,
  CreateStackCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { microservicesPlatform } from '@slipway/blueprint-microservices-platform';
import { build } from '@slipway/blueprint-microservices-platform/cdk';
import {
  completeParameters,
  type Environment,
} from '@slipway/plugin-infra-scaffolder-common';
import { App, BootstraplessSynthesizer } from 'aws-cdk-lib';
import { blueprintInput } from '../src/plan/blueprintInput';

process.env.CDK_VALIDATION = 'false';
process.env.AWS_ACCESS_KEY_ID ??= 'test';
process.env.AWS_SECRET_ACCESS_KEY ??= 'test';

const { values } = parseArgs({
  options: {
    name: { type: 'string', default: 'bare' },
    size: { type: 'string', default: microservicesPlatform.defaultSize },
    cidr: { type: 'string', default: '10.90.0.0/16' },
    region: { type: 'string', default: 'us-east-1' },
    account: { type: 'string', default: '123456789012' },
    destroy: { type: 'boolean', default: false },
  },
});

function inputOf() {
  const { name, size, cidr, region, account: accountId } = values;
  const parameters = completeParameters(microservicesPlatform, size, {});
  const environment: Environment = {
    id: name,
    name,
    blueprint: microservicesPlatform,
    owner: 'group:default/platform',
    system: 'system:default/microservices-platform',
    accountId,
    region,
    size,
    cidr,
    engine: 'cdk',
    parameters,
    status: 'planning',
    createdBy: 'user:default/alex',
    createdAt: new Date().toISOString(),
    updatedAt: new Date().toISOString(),
    outputs: [],
    engineState: {},
  };
  return blueprintInput(
    {
      environment,
      operation: 'create',
      parameters,
      blueprint: { blueprint: microservicesPlatform },
    },
    ['a', 'b', 'c'].map(zone => `${region}${zone}`),
  );
}

/**
 * Long templates need the stack that `cdk bootstrap` makes; of it, only the staging bucket is wanted here, and making
 * it is not measured.
 */
async function makeStagingStack(region: string) {
  const client = new CloudFormationClient({ region });
  const bucket = `bare-toolkit-staging-${values.account}-${region}`;
  const template = {
    Resources: {
      Staging: {
        Type: 'AWS::S3::Bucket',
        Properties: { BucketName: bucket },
      },
    },
    Outputs: {
      BucketName: { Value: bucket },
      BucketDomainName: { Value: `s3.${region}.amazonaws.com/${bucket}` },
      BootstrapVersion: { Value: '30' },
    },
  };
  try {
    await client.send(
      new CreateStackCommand({
        StackName: 'CDKToolkit',
        TemplateBody: JSON.stringify(template),
      }),
    );
  } catch (error) {
    if (!(error instanceof AlreadyExistsException)) {
      throw error;
    }
  }
  await waitUntilStackCreateComplete(
    { client, maxWaitTime: 120, minDelay: 1 },
    { StackName: 'CDKToolkit' },
  );
}

async function main() {
  const input = inputOf();
  const toolkit = new Toolkit({
    emojis: false,
    color: false,
    ioHost: {
      notify: async () => undefined,
      requestResponse: async request => request.defaultResponse,
    },
    sdkConfig: {
      baseCredentials: BaseCredentials.custom({
        region: input.region,
        provider: async () => ({
          accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? 'test',
          secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? 'test',
        }),
      }),
    },
  });
  const source = await toolkit.fromAssemblyBuilder(
    async ({ outdir, context }) => {
      const app = new App({
        outdir,
        context,
        analyticsReporting: false,
        defaultStackSynthesizer: new BootstraplessSynthesizer(),
      });
      build(app, input);
      return app.synth();
    },
    {
      clobberEnv: false,
      resolveDefaultEnvironment: false,
      contextStore: new MemoryContext({}),
    },
  );
  const stacks = { strategy: StackSelectionStrategy.ALL_STACKS };

  await makeStagingStack(input.region);
  const began = performance.now();
  const assembly = await toolkit.synth(source);
  const diff = await toolkit.diff(assembly, {
    stacks,
    method: DiffMethod.TemplateOnly(),
  });
  const planned = performance.now();
  await toolkit.deploy(assembly, {
    stacks,
    deploymentMethod: { method: 'direct' },
  });
  const applied = performance.now();
  const resources = Object.values(diff)[0].resources.differenceCount;
  process.stdout.write(
    `${JSON.stringify({
      name: values.name,
      resources,
      planMs: Math.round(planned - began),
      applyMs: Math.round(applied - planned),
    })}\n`,
  );
  if (values.destroy) {
    await toolkit.destroy(assembly, { stacks });
  }
  await assembly.dispose();
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
