import { tmpdir } from 'node:os';
import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { mockServices } from '@backstage/backend-test-utils';

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


  it.each([['cloud-native','cloudNative'],['enterprise-platform','enterprisePlatform'],['records-service','recordsService'],['high-workload','highWorkload']])('%s prod', async (id, key) => {
    const blueprint = require('@slipway/blueprint-' + id)[key];
    const environment = environmentFixture('e-' + id, { size: 'prod', cidr: '10.40.0.0/16', region: 'us-east-1', blueprint: { id, version: '1.0.0' } });
    const request = { environment, operation: 'create' as const, parameters: completeParameters(blueprint, 'prod', {}), blueprint: { blueprint, cdkModule: require.resolve('@slipway/blueprint-' + id + '/cdk') } };
    const ctx = new MemoryStepContext('create-' + id);
    const planned = await engine.plan(ctx, request);
    const { outputs, engineState } = await engine.apply(ctx, { ...request, ...planned });
    expect(Object.keys(outputs)).toEqual(expect.arrayContaining(blueprint.outputs.map((o: any) => o.key)));
    const living = { ...environment, engineState };
    const destroy = { ...request, environment: living, operation: 'destroy' as const };
    const undo = new MemoryStepContext('destroy-' + id);
    const gone = await engine.plan(undo, destroy);
    await engine.apply(undo, { ...destroy, ...gone });
    console.log(id, planned.changes.length, gone.changes.length);
  });
});
