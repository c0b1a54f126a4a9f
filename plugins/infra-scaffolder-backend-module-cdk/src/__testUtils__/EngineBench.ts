import { tmpdir } from 'node:os';
import {
  CloudFormationClient,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import type {
  Environment,
  Operation,
} from '@slipway/plugin-infra-scaffolder-common';
import { ConfiguredGateways } from '../aws/ConfiguredGateways';
import { CdkEngine } from '../CdkEngine';
import type { WatchSettings } from '../config';
import { ForkedSynthesiser } from '../synth/ForkedSynthesiser';
import { FaultyEndpoint } from './FaultyEndpoint';
import { ACCOUNT, requestFixture } from './fixtures';
import { MemoryStepContext } from './MemoryStepContext';
import { accessTo, startAws, type TestAws } from './sandbox';

const WATCH: WatchSettings = {
  pollIntervalMilliseconds: 100,
  unreachableSeconds: 30,
};

/** An engine with a real worker on an AWS of its own, reached through an endpoint that can be told to fail. */
export class EngineBench {
  aws!: TestAws;
  endpoint!: FaultyEndpoint;
  engine!: CdkEngine;
  cloudFormation!: CloudFormationClient;
  #synthesiser!: ForkedSynthesiser;
  #runs = 0;

  async start(resourceSeconds: number): Promise<void> {
    this.aws = await startAws(resourceSeconds);
    this.endpoint = await FaultyEndpoint.start(this.aws.url);
    this.#synthesiser = ForkedSynthesiser.create({
      settings: {
        prewarm: false,
        heapMegabytes: 1024,
        synthTimeoutSeconds: 120,
        workingDirectory: tmpdir(),
      },
      logger: mockServices.logger.mock(),
    });
    this.engine = this.newEngine();
    this.cloudFormation = new CloudFormationClient(
      await this.aws.aws.clientConfig({
        accountId: ACCOUNT,
        region: 'us-east-1',
      }),
    );
  }

  async stop(): Promise<void> {
    this.cloudFormation?.destroy();
    await this.#synthesiser?.close();
    await this.endpoint?.stop();
    await this.aws?.stop();
  }

  /** Another engine on the same worker and AWS. */
  newEngine(
    settings: Partial<WatchSettings> = {},
    secretAccessKey?: string,
  ): CdkEngine {
    return CdkEngine.create({
      gateways: ConfiguredGateways.create(
        accessTo(this.endpoint.url, secretAccessKey),
      ),
      synthesiser: this.#synthesiser,
      settings: { ...WATCH, ...settings },
    });
  }

  newStep(options?: { signal?: AbortSignal }): MemoryStepContext {
    this.#runs += 1;
    return new MemoryStepContext(`run-${this.#runs}`, options);
  }

  async planned(
    environment: Environment,
    operation: Operation,
    parameters: JsonObject = {},
  ) {
    const request = requestFixture(environment, operation, parameters);
    return {
      ...request,
      ...(await this.engine.plan(this.newStep(), request)),
    };
  }

  async made(
    environment: Environment,
    parameters: JsonObject = {},
  ): Promise<Environment> {
    const { engineState } = await this.engine.apply(
      this.newStep(),
      await this.planned(environment, 'create', parameters),
    );
    return { ...environment, engineState };
  }

  /** Of a living stack; undefined where there is none. */
  async stackStatus(name: string): Promise<string | undefined> {
    try {
      const { Stacks } = await this.cloudFormation.send(
        new DescribeStacksCommand({ StackName: name }),
      );
      return Stacks?.[0].StackStatus;
    } catch {
      return undefined;
    }
  }
}

/** What a step told of resources, as `path awsStatus`. */
export function told(ctx: MemoryStepContext): string[] {
  return ctx.events
    .filter(event => event.code === 'infra.resource')
    .map(event => `${event.data?.path} ${event.data?.awsStatus}`);
}
