import {
  CreateChangeSetCommand,
  ListChangeSetsCommand,
} from '@aws-sdk/client-cloudformation';
import { EngineBench } from './__testUtils__/EngineBench';
import { environmentFixture, requestFixture } from './__testUtils__/fixtures';
import { MemoryStepContext } from './__testUtils__/MemoryStepContext';
import { missingSandbox } from './__testUtils__/sandbox';

jest.setTimeout(180_000);

const describeWithAws = missingSandbox ? describe.skip : describe;

describeWithAws('a plan that is not applied', () => {
  const bench = new EngineBench();

  beforeAll(() => bench.start(0.05));

  afterAll(() => bench.stop());

  const changeSetsOf = async (stack: string) =>
    (
      await bench.cloudFormation.send(
        new ListChangeSetsCommand({ StackName: stack }),
      )
    ).Summaries?.map(each => each.ChangeSetName) ?? [];

  it('is deleted from AWS once, journalled, and only that of its run', async () => {
    const environment = await bench.made(environmentFixture('dropped'));
    const stack = 'slipway-dropped';
    await bench.cloudFormation.send(
      new CreateChangeSetCommand({
        StackName: stack,
        ChangeSetName: 'somebody-elses',
        TemplateBody: '{"Resources":{"T":{"Type":"AWS::SNS::Topic"}}}',
      }),
    );
    const request = requestFixture(environment, 'update', { days: 30 });
    const ctx = bench.newStep();
    const plan = await bench.engine.plan(ctx, request);
    expect(plan.artifact.meta.changeSetId).toEqual(expect.any(String));
    expect(await changeSetsOf(stack)).toHaveLength(2);

    const undo = new MemoryStepContext(ctx.run.id, { before: ctx });
    await bench.engine.discard(undo, request);
    expect(await changeSetsOf(stack)).toEqual(['somebody-elses']);
    expect([...undo.journal.keys()]).toContainEqual(
      expect.stringMatching(/^DeleteChangeSet slipway-[0-9a-f]{16}-1$/),
    );
    const calls = bench.endpoint.count('DeleteChangeSet');
    await bench.engine.discard(undo, request);
    await bench.engine.discard(new MemoryStepContext(ctx.run.id), request);
    expect(bench.endpoint.count('DeleteChangeSet')).toBe(calls);
    expect(await bench.stackStatus(stack)).toBe('CREATE_COMPLETE');
  });

  it('is not kept where nothing changes, and nothing is asked where there is no stack', async () => {
    const environment = await bench.made(environmentFixture('same-again'));
    const same = await bench.planned(environment, 'update');
    expect(same.changes).toEqual([]);
    expect(await changeSetsOf('slipway-same-again')).toEqual([]);
    await bench.engine.apply(bench.newStep(), same);

    const nowhere = environmentFixture('nowhere');
    await bench.engine.discard(
      bench.newStep(),
      requestFixture(nowhere, 'update'),
    );
    const calls = bench.endpoint.calls.length;
    await bench.engine.discard(
      bench.newStep(),
      requestFixture(environment, 'create'),
    );
    expect(bench.endpoint.calls).toHaveLength(calls);
  });
});
