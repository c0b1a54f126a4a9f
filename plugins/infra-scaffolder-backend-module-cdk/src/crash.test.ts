import { tmpdir } from 'node:os';
import {
  CloudFormationClient,
  DescribeStackEventsCommand,
  paginateListStacks,
} from '@aws-sdk/client-cloudformation';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import type { PlannedArtifact } from '@slipway/plugin-infra-scaffolder-node';
import type { RunEvent } from '@slipway/plugin-runs-common';
import {
  DatabaseRunEngine,
  migrateRuns,
  type RunProbe,
  type StepHandler,
} from '@slipway/plugin-runs-node';
import {
  crashAtEveryBoundary,
  type CrashReport,
} from '@slipway/plugin-runs-node/testing';
import type { Knex } from 'knex';
import {
  ACCOUNT,
  environmentFixture,
  requestFixture,
} from './__testUtils__/fixtures';
import { MemoryStepContext } from './__testUtils__/MemoryStepContext';
import {
  missingSandbox,
  startAws,
  type TestAws,
} from './__testUtils__/sandbox';
import { CdkEngine } from './CdkEngine';
import { ForkedSynthesiser } from './synth/ForkedSynthesiser';

jest.setTimeout(600_000);

const describeWithAws = missingSandbox ? describe.skip : describe;

type Planned = { artifact: PlannedArtifact; basis: JsonObject };

describeWithAws('a back end that is killed while the CDK engine works', () => {
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  let knex: Knex;
  let aws: TestAws;
  let synthesiser: ForkedSynthesiser;
  let engine: CdkEngine;
  let cloudFormation: CloudFormationClient;
  let walks = 0;

  beforeAll(async () => {
    knex = await databases.init('POSTGRES_18');
    await migrateRuns(knex);
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
      settings: { pollIntervalMilliseconds: 100, unreachableSeconds: 30 },
    });
    cloudFormation = new CloudFormationClient(
      await aws.aws.clientConfig({ accountId: ACCOUNT, region: 'us-east-1' }),
    );
  });

  afterAll(async () => {
    cloudFormation?.destroy();
    await synthesiser?.close();
    await aws?.stop();
  });

  /** Steps that do as the infra-scaffolder's do: the plan is handed on, the apply works by it. */
  function handlers(
    environment: Environment,
    operation: 'create' | 'destroy',
    parameters: JsonObject,
  ): StepHandler[] {
    const request = requestFixture(environment, operation, parameters);
    return [
      {
        type: 'plan',
        async execute(ctx) {
          const { artifact, basis } = await engine.plan(ctx, request);
          return { artifact: { ...artifact }, basis };
        },
      },
      {
        type: 'apply',
        async execute(ctx) {
          const planned = ctx.output<JsonObject>('plan') as unknown as Planned;
          const applied = await engine.apply(ctx, { ...request, ...planned });
          return { ...applied };
        },
      },
    ];
  }

  function scenario(
    environment: Environment,
    operation: 'create' | 'destroy',
    parameters: JsonObject,
    check: (report: CrashReport) => Promise<void>,
  ) {
    const kind = `test.${environment.name}`;
    return {
      createEngine(probe?: RunProbe) {
        const runs = DatabaseRunEngine.create({
          knex,
          logger: mockServices.logger.mock(),
          leaseSeconds: 0.7,
          pollSeconds: 0.1,
          probe,
        });
        runs.registerKind({ kind });
        handlers(environment, operation, parameters).forEach(handler =>
          runs.registerStep(handler),
        );
        return runs;
      },
      async begin(runs: DatabaseRunEngine) {
        const run = await runs.create({
          kind,
          title: environment.name,
          subject: `environment:${environment.id}`,
          createdBy: 'user:default/maya',
          inputs: {},
          steps: [
            { id: 'plan', type: 'plan', title: 'Plan' },
            {
              id: 'apply',
              type: 'apply',
              title: 'Apply',
              dependsOn: ['plan'],
            },
          ],
        });
        return run.id;
      },
      check,
    };
  }

  /** Every stack of that name that ever was. */
  async function stacksNamed(name: string) {
    const found = [];
    for await (const page of paginateListStacks(
      { client: cloudFormation },
      {},
    )) {
      found.push(...(page.StackSummaries ?? []));
    }
    return found.filter(stack => stack.StackName === name);
  }

  async function awsEvents(stackId: string) {
    const events = [];
    let token: string | undefined;
    do {
      const page = await cloudFormation.send(
        new DescribeStackEventsCommand({
          StackName: stackId,
          NextToken: token,
        }),
      );
      events.push(...(page.StackEvents ?? []));
      token = page.NextToken;
    } while (token);
    return events
      .filter(event => event.PhysicalResourceId !== stackId)
      .map(event => `${event.LogicalResourceId} ${event.ResourceStatus}`)
      .reverse();
  }

  /** Nothing more often than it happened, and each resource's end exactly once. */
  function expectToldOnce(events: RunEvent[], happened: string[]) {
    const told = events
      .filter(event => event.code === 'infra.resource')
      .map(event => `${event.data.logicalId} ${event.data.awsStatus}`);
    const times = (list: string[], line: string) =>
      list.filter(each => each === line).length;
    expect(
      told.filter(line => times(told, line) > times(happened, line)),
    ).toEqual([]);
    const ends = (list: string[]) =>
      list.filter(line => line.endsWith('_COMPLETE')).sort();
    expect(ends(told)).toEqual(ends(happened));
  }

  it('creates one stack, each resource once, and tells each of AWS’s events once', async () => {
    const reports = await crashAtEveryBoundary(
      async () => {
        const environment = environmentFixture(`made-${(walks += 1)}`);
        return scenario(
          environment,
          'create',
          { count: 95 },
          async ({ run, events }) => {
            expect(run.state).toBe('succeeded');
            const stacks = await stacksNamed(`slipway-${environment.name}`);
            expect(stacks.map(stack => stack.StackStatus)).toEqual([
              'CREATE_COMPLETE',
            ]);
            const happened = await awsEvents(stacks[0].StackId!);
            expectToldOnce(events, happened);
            const completed = happened.filter(each =>
              each.endsWith(' CREATE_COMPLETE'),
            );
            expect(completed).toHaveLength(99);
            expect(new Set(completed).size).toBe(99);
            expect(run.steps[1].output).toMatchObject({
              outputs: { TopicArn: expect.any(String) },
            });
          },
        );
      },
      { parallel: 3, timeoutSeconds: 60 },
    );
    const crashes = reports.flatMap(({ crashedAt }) => crashedAt ?? []);
    expect(crashes).toEqual(
      expect.arrayContaining([
        'call.executed apply/StageTemplate',
        'call.executing apply/CreateStack',
        'call.executed apply/CreateStack',
        'step.wrote apply/infra.resource',
      ]),
    );
  });

  it('destroys once, whatever protected the database', async () => {
    const reports = await crashAtEveryBoundary(
      async () => {
        const environment = environmentFixture(`gone-${(walks += 1)}`);
        const create = requestFixture(environment, 'create', {
          database: true,
        });
        const ctx = new MemoryStepContext(environment.name);
        const { engineState } = await engine.apply(ctx, {
          ...create,
          ...(await engine.plan(ctx, create)),
        });
        return scenario(
          { ...environment, engineState },
          'destroy',
          {},
          async ({ run, events }) => {
            expect(run.state).toBe('succeeded');
            const stacks = await stacksNamed(`slipway-${environment.name}`);
            expect(stacks.map(stack => stack.StackStatus)).toEqual([
              'DELETE_COMPLETE',
            ]);
            const happened = (await awsEvents(stacks[0].StackId!)).filter(
              each => each.includes(' DELETE_'),
            );
            expectToldOnce(events, happened);
            expect(
              happened.filter(each => each.endsWith('DELETE_COMPLETE')),
            ).toHaveLength(5);
          },
        );
      },
      { parallel: 3, timeoutSeconds: 60 },
    );
    const crashes = reports.flatMap(({ crashedAt }) => crashedAt ?? []);
    expect(crashes).toEqual(
      expect.arrayContaining([
        'call.executed apply/DeleteStack',
        'call.executed apply/AllowDeletion:Database',
      ]),
    );
  });
});
