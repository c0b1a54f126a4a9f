import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  type Stack,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import {
  CreateBucketCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { BlueprintInput } from '@slipway/plugin-infra-scaffolder-node';
import { Sandbox } from '@slipway/sandbox';
import { type Subject, synthesize } from './subject';

const PYTHON = resolve(__dirname, '../../../.tools/venv/bin/python');
const STAGING = 'templates';
const POLL_MILLISECONDS = 100;

/** Why there is no AWS to test against; undefined where there is. @public */
export const missingSandbox = existsSync(PYTHON)
  ? undefined
  : 'the AWS emulator is not installed: run script/setup';

type ClientClass<T> = new (config: {
  region: string;
  endpoint: string;
  forcePathStyle?: boolean;
  credentials: { accessKeyId: string; secretAccessKey: string };
}) => T;

/** Stacks of blueprints in an AWS of the test's own. @public */
export class SandboxStacks {
  readonly #sandbox: Sandbox;
  readonly #folder: string;
  readonly #clients: Array<{ destroy(): void }> = [];

  private constructor(sandbox: Sandbox, folder: string) {
    this.#sandbox = sandbox;
    this.#folder = folder;
  }

  static async start(): Promise<SandboxStacks> {
    const dir = mkdtempSync(join(tmpdir(), 'slipway-blueprint-'));
    const sandbox = Sandbox.create({
      parts: ['aws'],
      dir,
      ports: { aws: 0 },
      resourceSeconds: 0.02,
    });
    await sandbox.start();
    const stacks = new SandboxStacks(sandbox, dir);
    await stacks
      .client(S3Client)
      .send(new CreateBucketCommand({ Bucket: STAGING }));
    return stacks;
  }

  /** Where this AWS is. */
  get url(): string {
    return this.#sandbox.awsUrl!;
  }

  async stop(): Promise<void> {
    this.#clients.forEach(client => client.destroy());
    await this.#sandbox.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  client<T extends { destroy(): void }>(
    Client: ClientClass<T>,
    region = 'us-east-1',
  ): T {
    const client = new Client({
      region,
      endpoint: this.#sandbox.awsUrl!,
      forcePathStyle: true,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    this.#clients.push(client);
    return client;
  }

  /** Makes or changes the stack. @returns its outputs */
  async apply(
    subject: Pick<Subject, 'build'>,
    input: BlueprintInput,
  ): Promise<Record<string, string>> {
    const { body } = synthesize(subject, input);
    const { stackName, region } = input;
    await this.client(S3Client).send(
      new PutObjectCommand({ Bucket: STAGING, Key: stackName, Body: body }),
    );
    const cloudFormation = this.client(CloudFormationClient, region);
    const request = {
      StackName: stackName,
      TemplateURL: `https://s3.amazonaws.com/${STAGING}/${stackName}`,
      Capabilities: ['CAPABILITY_NAMED_IAM' as const],
    };
    const isThere = await this.#find(region, stackName).catch(() => undefined);
    const { StackId } = isThere
      ? await cloudFormation.send(new UpdateStackCommand(request))
      : await cloudFormation.send(new CreateStackCommand(request));
    const stack = await this.#settled(region, StackId!);
    return Object.fromEntries(
      (stack.Outputs ?? []).map(output => [
        output.OutputKey!,
        output.OutputValue!,
      ]),
    );
  }

  async destroy({
    region,
    stackName,
  }: Pick<BlueprintInput, 'region' | 'stackName'>): Promise<void> {
    const { StackId } = await this.#find(region, stackName);
    await this.client(CloudFormationClient, region).send(
      new DeleteStackCommand({ StackName: stackName }),
    );
    await this.#settled(region, StackId!);
  }

  async #find(region: string, name: string): Promise<Stack> {
    const { Stacks } = await this.client(CloudFormationClient, region).send(
      new DescribeStacksCommand({ StackName: name }),
    );
    return Stacks![0];
  }

  async #settled(region: string, id: string): Promise<Stack> {
    for (;;) {
      const stack = await this.#find(region, id);
      const status = stack.StackStatus!;
      if (/^(CREATE|UPDATE|DELETE)_COMPLETE$/.test(status)) return stack;
      if (!status.endsWith('_IN_PROGRESS')) {
        throw new Error(`${status}\n${await this.#failures(region, id)}`);
      }
      await new Promise(done => setTimeout(done, POLL_MILLISECONDS));
    }
  }

  async #failures(region: string, id: string): Promise<string> {
    const { StackEvents = [] } = await this.client(
      CloudFormationClient,
      region,
    ).send(new DescribeStackEventsCommand({ StackName: id }));
    return StackEvents.filter(event => event.ResourceStatus?.endsWith('FAILED'))
      .map(event => `${event.LogicalResourceId}: ${event.ResourceStatusReason}`)
      .join('\n');
  }
}
