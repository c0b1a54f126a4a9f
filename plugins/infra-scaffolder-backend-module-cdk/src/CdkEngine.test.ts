import { tmpdir } from 'node:os';
import { mockServices } from '@backstage/backend-test-utils';
import { environmentFixture, requestFixture } from './__testUtils__/fixtures';
import { MemoryStepContext } from './__testUtils__/MemoryStepContext';
import { startAws, type TestAws } from './__testUtils__/sandbox';
import { CdkEngine } from './CdkEngine';
import { ForkedSynthesiser } from './synth/ForkedSynthesiser';

jest.setTimeout(120_000);

describe('CdkEngine', () => {
  let aws: TestAws;
  let synthesiser: ForkedSynthesiser;
  let engine: CdkEngine;

  beforeAll(async () => {
    aws = await startAws();
    synthesiser = ForkedSynthesiser.create({
      settings: {
        prewarm: false,
        heapMegabytes: 1024,
        synthTimeoutSeconds: 60,
        workingDirectory: tmpdir(),
      },
      logger: mockServices.logger.mock(),
    });
    engine = CdkEngine.create({
      gateways: aws.gateways,
      synthesiser,
      settings: { pollIntervalMilliseconds: 200, unreachableSeconds: 10 },
    });
  });

  afterAll(async () => {
    await synthesiser?.close();
    await aws?.stop();
  });

  it('plans, applies and destroys', async () => {
    const environment = environmentFixture('shop-dev');
    const request = requestFixture(environment, 'create');
    const planned = await engine.plan(new MemoryStepContext('plan'), request);
    console.log(JSON.stringify(planned.changes, null, 1), planned.warnings);
    const ctx = new MemoryStepContext('run-1');
    const applied = await engine.apply(ctx, { ...request, ...planned });
    console.log(
      JSON.stringify(
        ctx.events.map(e => e.message),
        null,
        1,
      ),
      applied,
      ctx.progresses,
    );
    console.log(await engine.listResources(environment));
    const destroy = requestFixture(
      { ...environment, engineState: applied.engineState },
      'destroy',
    );
    const plan2 = await engine.plan(new MemoryStepContext('plan2'), destroy);
    const ctx2 = new MemoryStepContext('run-2');
    await engine.apply(ctx2, { ...destroy, ...plan2 });
    console.log(
      plan2.changes,
      ctx2.events.map(e => e.message),
      ctx2.progresses,
    );
  });
});
