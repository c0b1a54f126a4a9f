import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  CreateVpcCommand,
  DescribeInternetGatewaysCommand,
  DescribeVpcsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import type { AwsClientConfig } from '@slipway/plugin-aws-node';
import type {
  Environment,
  Operation,
} from '@slipway/plugin-infra-scaffolder-common';
import { ENVIRONMENT_ID_TAG } from '@slipway/plugin-infra-scaffolder-node';
import { Workers } from '../worker/Workers';
import { readSettings } from '../config';
import { StateStore } from '../state/StateStore';
import { TerraformEngine } from '../TerraformEngine';
import { FOLDER_PREFIX } from '../workspace/sweep';
import { ACCOUNT, requestFixture } from './fixtures';
import { MemoryStepContext } from './MemoryStepContext';
import { accessTo, startAws, type TestAws } from './sandbox';

export type Fault = {
  effect: { kind: 'lose' | 'throttle' } | { kind: 'latency'; delayMs: number };
  match: { service: string; operation: string };
  times?: number;
};

/** An engine with a real Terraform on an AWS of its own, whose gateway can be told to fail. */
export class TerraformBench {
  readonly workingDirectory = mkdtempSync(
    path.join(tmpdir(), 'slipway-tf-work-'),
  );
  aws!: TestAws;
  engine!: TerraformEngine;
  clientConfig!: AwsClientConfig;
  #runs = 0;

  async start(): Promise<void> {
    this.aws = await startAws(0.1);
    this.engine = this.newEngine();
    this.clientConfig = await this.aws.aws.clientConfig({
      accountId: ACCOUNT,
      region: 'us-east-1',
    });
  }

  async stop(): Promise<void> {
    await this.aws?.stop();
    rmSync(this.workingDirectory, { recursive: true, force: true });
  }

  newEngine(settings: JsonObject = {}, secretAccessKey?: string) {
    return TerraformEngine.create({
      aws: secretAccessKey
        ? accessTo(this.aws.url, secretAccessKey)
        : this.aws.aws,
      settings: readSettings(
        new ConfigReader({
          infraScaffolder: {
            terraform: { workingDirectory: this.workingDirectory, ...settings },
          },
        }),
      ),
    });
  }

  newStep(
    options: { signal?: AbortSignal; before?: MemoryStepContext } = {},
  ): MemoryStepContext {
    if (!options.before) {
      this.#runs += 1;
    }
    return new MemoryStepContext(
      options.before?.run.id ?? `run-${this.#runs}`,
      options,
    );
  }

  async planned(
    ctx: MemoryStepContext,
    environment: Environment,
    operation: Operation,
    parameters: JsonObject = {},
    engine = this.engine,
  ) {
    const request = requestFixture(environment, operation, parameters);
    return { ...request, ...(await engine.plan(ctx, request)) };
  }

  /** Has the gateway fail at calls that match, until told otherwise. */
  async fault(fault: Fault): Promise<void> {
    await this.#control('POST', fault);
  }

  async endFaults(): Promise<void> {
    await this.#control('DELETE', {});
  }

  /** What is at work for an environment, as it is journalled beside the state. */
  async worker(environment: Environment) {
    return Workers.create(this.store(), environment.id).read();
  }

  store(): StateStore {
    return StateStore.create({
      clientConfig: this.clientConfig,
      accountId: ACCOUNT,
      bucket: `slipway-terraform-${ACCOUNT}-us-east-1`,
    });
  }

  /** How many VPCs and internet gateways AWS has of an environment. */
  async counts({ id }: Environment): Promise<{ vpcs: number; doors: number }> {
    const client = new EC2Client(this.clientConfig);
    const Filters = [{ Name: `tag:${ENVIRONMENT_ID_TAG}`, Values: [id] }];
    try {
      const [{ Vpcs = [] }, { InternetGateways = [] }] = await Promise.all([
        client.send(new DescribeVpcsCommand({ Filters })),
        client.send(new DescribeInternetGatewaysCommand({ Filters })),
      ]);
      return { vpcs: Vpcs.length, doors: InternetGateways.length };
    } finally {
      client.destroy();
    }
  }

  /** As somebody would who has the console open. @returns its id */
  async makeVpc(tags: Record<string, string>): Promise<string> {
    const client = new EC2Client(this.clientConfig);
    try {
      const { Vpc } = await client.send(
        new CreateVpcCommand({
          CidrBlock: '10.9.0.0/16',
          TagSpecifications: [
            {
              ResourceType: 'vpc',
              Tags: Object.entries(tags).map(([Key, Value]) => ({
                Key,
                Value,
              })),
            },
          ],
        }),
      );
      return Vpc!.VpcId!;
    } finally {
      client.destroy();
    }
  }

  /** As AWS makes one when the answer to the first request is lost. @returns its id */
  async makeVpcTwin({ id }: Environment): Promise<string> {
    const client = new EC2Client(this.clientConfig);
    try {
      const { Vpcs = [] } = await client.send(
        new DescribeVpcsCommand({
          Filters: [{ Name: `tag:${ENVIRONMENT_ID_TAG}`, Values: [id] }],
        }),
      );
      return await this.makeVpc(
        Object.fromEntries(
          Vpcs[0].Tags!.map(({ Key, Value }) => [Key!, Value!]),
        ),
      );
    } finally {
      client.destroy();
    }
  }

  /** Folders that Terraform worked in. */
  foldersLeft(): string[] {
    return readdirSync(this.workingDirectory).filter(name =>
      name.startsWith(FOLDER_PREFIX),
    );
  }

  async #control(method: string, body: object): Promise<void> {
    const answer = await fetch(`${this.aws.url}/_slipway/faults`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) {
      throw new Error(await answer.text());
    }
  }
}

/** What a step told of resources, as `path awsStatus`. */
export function told(ctx: MemoryStepContext): string[] {
  return ctx.events
    .filter(({ code }) => code === 'infra.resource')
    .map(({ data }) => `${data?.path} ${data?.awsStatus}`);
}

export function logged(ctx: MemoryStepContext): string[] {
  return ctx.events
    .filter(({ code }) => code === 'step.log')
    .map(({ message }) => message);
}

export async function until(
  condition: () => Promise<boolean> | boolean,
  seconds = 60,
): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (!(await condition())) {
    if (performance.now() > end) {
      throw new Error('It did not come to pass in time.');
    }
    await new Promise(resolve => {
      setTimeout(resolve, 100);
    });
  }
}
