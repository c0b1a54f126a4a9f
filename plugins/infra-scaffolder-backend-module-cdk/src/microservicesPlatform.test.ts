import { tmpdir } from 'node:os';
import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { mockServices } from '@backstage/backend-test-utils';
import { microservicesPlatform } from '@slipway/blueprint-microservices-platform';
import { completeParameters } from '@slipway/plugin-infra-scaffolder-common';
import { ACCOUNT, environmentFixture } from './__testUtils__/fixtures';
import { MemoryStepContext } from './__testUtils__/MemoryStepContext';
import {
  missingSandbox,
  startAws,
  type TestAws,
} from './__testUtils__/sandbox';
import { CdkEngine } from './CdkEngine';
import { ForkedSynthesiser } from './synth/ForkedSynthesiser';

jest.setTimeout(300_000);

const describeWithAws = missingSandbox ? describe.skip : describe;

describeWithAws('the blueprint microservices-platform', () => {
  let aws: TestAws;
  let synthesiser: ForkedSynthesiser;
  let engine: CdkEngine;

  beforeAll(async () => {
    aws = await startAws(0.05);
    synthesiser = ForkedSynthesiser.create({
      settings: {
        prewarm: false,
        heapMegabytes: 1024,
        synthTimeoutSeconds: 120,
        workingDirectory: tmpdir(),
      },
      logger: mockServices.logger.mock(),
    });
    engine = CdkEngine.create({
      gateways: aws.gateways,
      synthesiser,
      settings: { pollIntervalMilliseconds: 200, unreachableSeconds: 30 },
    });
  });

  afterAll(async () => {
    await synthesiser?.close();
    await aws?.stop();
  });

  it.each(Object.keys(microservicesPlatform.sizes))(
    'in size %s is planned, made with its parameters, and destroyed without rest',
    async size => {
      const environment = environmentFixture(`platform-${size}`, {
        size,
        cidr: '10.40.0.0/16',
        region: 'us-west-2',
        blueprint: {
          id: microservicesPlatform.id,
          version: microservicesPlatform.version,
        },
      });
      const request = {
        environment,
        operation: 'create' as const,
        parameters: completeParameters(microservicesPlatform, size, {}),
        blueprint: {
          blueprint: microservicesPlatform,
          cdkModule: require.resolve(
            '@slipway/blueprint-microservices-platform/cdk',
          ),
        },
      };
      const ctx = new MemoryStepContext(`create-${size}`);
      const planned = await engine.plan(ctx, request);
      expect(planned.changes.length).toBeGreaterThan(50);
      expect(planned.changes.every(each => each.action === 'create')).toBe(
        true,
      );
      const { outputs, engineState } = await engine.apply(ctx, {
        ...request,
        ...planned,
      });
      expect(Object.keys(outputs)).toEqual(
        expect.arrayContaining(
          microservicesPlatform.outputs.map(output => output.key),
        ),
      );
      const total = planned.changes.length;
      expect(ctx.progresses.at(-1)).toEqual({
        done: total,
        total,
        unit: 'resources',
      });

      const config = await aws.aws.clientConfig({
        accountId: ACCOUNT,
        region: 'us-west-2',
      });
      const ec2 = new EC2Client(config);
      const eks = new EKSClient(config);
      const { Vpcs } = await ec2.send(
        new DescribeVpcsCommand({ VpcIds: [outputs.VpcId] }),
      );
      expect(Vpcs?.[0]).toMatchObject({ CidrBlock: '10.40.0.0/16' });
      const { cluster } = await eks.send(
        new DescribeClusterCommand({ name: outputs.ClusterName }),
      );
      expect(cluster?.status).toBe('ACTIVE');

      const living = { ...environment, engineState };
      const resources = await engine.listResources(living);
      expect(resources).toHaveLength(total);
      expect(resources.every(each => each.status === 'done')).toBe(true);

      const destroy = {
        ...request,
        environment: living,
        operation: 'destroy' as const,
      };
      const undo = new MemoryStepContext(`destroy-${size}`);
      const gone = await engine.plan(undo, destroy);
      await engine.apply(undo, { ...destroy, ...gone });
      await expect(
        eks.send(new DescribeClusterCommand({ name: outputs.ClusterName })),
      ).rejects.toThrow(/No cluster found/);
      const { Vpcs: left } = await ec2.send(
        new DescribeVpcsCommand({
          Filters: [{ Name: 'cidr', Values: ['10.40.0.0/16'] }],
        }),
      );
      expect(left).toEqual([]);
      ec2.destroy();
      eks.destroy();
    },
  );
});
