import { expect } from '@playwright/test';
import {
  RUN_EVENT_CODES,
  type Run,
  type RunProblem,
} from '@slipway/plugin-runs-common';
import { awsSettings, describeInAws, NOTHING } from '../support/aws';
import { UNREACHABLE_SECONDS } from './support/FaultsWorld';
import { loggedCalls, resourcesOf, stacksEver } from './support/stacks';
import { test } from './support/test';
import { expectWholeHistory, Walk } from './support/Walk';

const REGION = 'us-east-1';

function problemOf(run: Run): { stepId?: string } & Partial<RunProblem> {
  const step = run.steps.find(({ problem }) => problem);
  return { stepId: step?.id, ...step?.problem };
}

const isSilence = (event: { code: string; level: string; message: string }) =>
  event.code === RUN_EVENT_CODES.log &&
  event.level === 'warning' &&
  event.message.startsWith(`AWS does not answer in ${REGION}`);

test('AWS goes dark while a run plans, applies and destroys', async ({
  world,
}) => {
  const { portal } = await world.backEnd('a');
  const name = 'darkened';

  await world.goDark(REGION);
  const create = await Walk.create(portal, name);

  await test.step('planning says that AWS is silent, and goes on when it answers', async () => {
    const told = await create.told(portal, 'silence', isSilence);
    expect(told.stepId).toBe('plan');
    await world.light();
    await create.until(portal, 'waiting');
    expect(await stacksEver(world.awsUrl, name)).toEqual([]);
  });

  await test.step('an apply that waits in vain fails with what to do, and goes on when retried', async () => {
    await create.confirm(portal);
    await create.untilMidway(portal);
    await world.goDark(REGION);
    const failed = await create.until(
      portal,
      'failed',
      UNREACHABLE_SECONDS + 30,
    );
    expect(problemOf(failed)).toMatchObject({
      stepId: 'apply',
      code: 'aws.unreachable',
      message: expect.stringMatching(
        /^AWS does not answer \(account 123456789012, us-east-1\).*slipway-darkened/,
      ),
      mend: expect.stringContaining('retry the step'),
    });
    const environment = await create.environment(portal);
    expect(environment.status).toBe('failed');
    expect(environment.statusReason).toContain('AWS does not answer');
    expect(environment.activeRun).toBeUndefined();

    await world.light();
    await portal.command(create.runId, { type: 'retry', stepId: 'apply' });
    await create.until(portal, 'succeeded');
    expect(await stacksEver(world.awsUrl, name)).toEqual([
      expect.objectContaining({ status: 'CREATE_COMPLETE' }),
    ]);
    expect((await create.environment(portal)).status).toBe('ready');
  });

  await test.step('a destroy says that AWS is silent, and goes on when it answers', async () => {
    const resources = await resourcesOf(world.awsUrl, name);
    const destroy = await create.destroy(portal);
    await destroy.confirm(portal);
    await destroy.untilMidway(portal);
    await world.goDark(REGION);
    const told = await destroy.told(portal, 'silence', isSilence);
    expect(told.stepId).toBe('apply');
    await world.light();
    await destroy.told(
      portal,
      'AWS being back',
      ({ message }) => message === `AWS answers again in ${REGION}.`,
    );
    await destroy.until(portal, 'succeeded');
    expectWholeHistory(
      await destroy.history(portal),
      'DELETE_COMPLETE',
      resources,
    );
    expect(await describeInAws(name, awsSettings(world.awsUrl))).toEqual(
      NOTHING,
    );
  });
});

test('AWS takes no CreateStack: the run asks for a person, who retries it', async ({
  world,
}) => {
  const { portal } = await world.backEnd('a');
  const name = 'unanswered';
  const walk = await Walk.create(portal, name);
  await walk.until(portal, 'waiting');
  await world.startFault({
    effect: { kind: 'dark' },
    match: { operation: 'CreateStack' },
  });
  await walk.confirm(portal);
  const stopped = await walk.until(portal, 'needs-attention');
  expect(problemOf(stopped)).toMatchObject({
    stepId: 'apply',
    code: 'call.unanswered',
    message: expect.stringContaining('CreateStack'),
    mend: expect.stringContaining('Retry the step'),
    facts: { stackName: 'slipway-unanswered', region: REGION },
  });
  expect(await stacksEver(world.awsUrl, name)).toEqual([]);

  await world.light();
  await portal.command(walk.runId, { type: 'retry', stepId: 'apply' });
  await walk.untilMidway(portal);
  await portal.command(walk.runId, { type: 'cancel' });
  await walk.until(portal, 'cancelled');
  expect(await stacksEver(world.awsUrl, name)).toEqual([
    expect.objectContaining({ status: 'DELETE_COMPLETE' }),
  ]);
  expect(await describeInAws(name, awsSettings(world.awsUrl))).toEqual(NOTHING);
  expect((await walk.environment(portal)).status).toBe('cancelled');
});

test('an apply bears that three of ten calls are throttled, and that the answers to CreateStack are lost', async ({
  world,
}) => {
  const { portal } = await world.backEnd('a');
  const names = { throttled: 'us-west-2', 'answer-lost': REGION };
  const began = new Date();
  await world.startFault({
    effect: { kind: 'throttle' },
    match: { region: names.throttled },
    probability: 0.3,
  });
  // The SDK asks three times; the fourth is the run's own repeat.
  await world.startFault({
    effect: { kind: 'lose' },
    match: { region: REGION, operation: 'CreateStack' },
    times: 4,
  });

  const throttled = await Walk.create(portal, 'throttled', {
    region: names.throttled,
  });
  const lost = await Walk.create(portal, 'answer-lost');
  await throttled.confirm(portal);
  await lost.confirm(portal);

  await test.step('the stack whose answer was lost is found and made once', async () => {
    await lost.until(portal, 'succeeded');
    const history = await lost.history(portal);
    const ofCall = (code: string) =>
      history.filter(
        event => event.code === code && event.data.call === 'CreateStack',
      );
    expect(ofCall(RUN_EVENT_CODES.callIntended)).toHaveLength(1);
    expect(ofCall(RUN_EVENT_CODES.callLost)).toHaveLength(1);
    expect(ofCall(RUN_EVENT_CODES.callSucceeded)).toHaveLength(1);
    expect(
      loggedCalls(world.callLog, 'CreateStack', began).filter(
        ({ region, faults }) => region === REGION && faults.includes('lose'),
      ),
    ).toHaveLength(4);
    expect(await stacksEver(world.awsUrl, 'answer-lost')).toEqual([
      expect.objectContaining({ status: 'CREATE_COMPLETE' }),
    ]);
    expectWholeHistory(
      history,
      'CREATE_COMPLETE',
      await resourcesOf(world.awsUrl, 'answer-lost'),
    );
  });

  await test.step('the throttled one succeeds', async () => {
    await throttled.until(portal, 'succeeded', 120);
    await world.light();
    expectWholeHistory(
      await throttled.history(portal),
      'CREATE_COMPLETE',
      await resourcesOf(world.awsUrl, 'throttled', names.throttled),
    );
    const refused = loggedCalls(
      world.callLog,
      'DescribeStackEvents',
      began,
    ).filter(({ faults }) => faults.includes('throttle'));
    expect(refused.length).toBeGreaterThan(0);
  });
});

test('a resource fails: the run names it and the reason, and destroy leaves nothing', async ({
  world,
}) => {
  const { portal } = await world.backEnd('a');
  const name = 'refused';
  const reason =
    'Cannot create the instance: insufficient capacity in 3 zones.';
  await world.failNext('AWS::RDS::DBInstance', reason);
  const create = await Walk.create(portal, name);
  await create.confirm(portal);
  const failed = await create.until(portal, 'failed');
  const problem = problemOf(failed);
  expect(problem).toMatchObject({
    stepId: 'apply',
    code: 'cloudformation.create-failed',
    facts: { type: 'AWS::RDS::DBInstance', awsStatus: 'CREATE_FAILED' },
  });
  expect(problem.message).toContain(reason);
  expect(problem.message).toContain('AWS::RDS::DBInstance');
  expect(problem.mend).toContain('retry');
  const environment = await create.environment(portal);
  expect(environment.status).toBe('failed');
  expect(environment.statusReason).toContain(reason);

  const destroy = await create.destroy(portal);
  await destroy.confirm(portal);
  await destroy.until(portal, 'succeeded');
  expect((await create.environment(portal)).status).toBe('destroyed');
  expect(await describeInAws(name, awsSettings(world.awsUrl))).toEqual(NOTHING);
  expect(await stacksEver(world.awsUrl, name)).toEqual([
    expect.objectContaining({ status: 'DELETE_COMPLETE' }),
  ]);
});
