import { expect } from '@playwright/test';
import { RUN_EVENT_CODES, type RunEvent } from '@slipway/plugin-runs-common';
import { awsSettings, describeInAws, NOTHING } from '../support/aws';
import { type BackEnd, stillRunning } from './support/BackEnd';
import { loggedCalls, resourcesOf, stacksEver } from './support/stacks';
import { test } from './support/test';
import { expectWholeHistory, takenBy, Walk } from './support/Walk';

const TAKEN_UP_WITHIN_SECONDS = 15;
const WORKER_ENDS_WITHIN_SECONDS = 10;

/** Kills the back end, and waits until what it had started has ended too. */
async function kill(backEnd: BackEnd): Promise<Date> {
  const { workers } = backEnd;
  const at = new Date();
  await backEnd.kill();
  await expect
    .poll(() => stillRunning(workers), {
      timeout: WORKER_ENDS_WITHIN_SECONDS * 1000,
    })
    .toEqual([]);
  return at;
}

/** The first time a run was taken up after this. */
function takenUpAfter(events: RunEvent[], at: Date): RunEvent {
  const found = takenBy(events).find(event => new Date(event.at) > at);
  expect(found, 'a run.taken event after the kill').toBeDefined();
  return found!;
}

function secondsBetween(from: Date, to: string): number {
  return (Date.parse(to) - from.getTime()) / 1000;
}

test('a back end is killed in the middle of an apply and of a destroy', async ({
  world,
}) => {
  const began = new Date();
  const settings = awsSettings(world.awsUrl);
  const [a, b] = await world.bothBackEnds();
  const name = 'killed';

  const create = await Walk.create(a.portal, name);
  await create.confirm(a.portal);
  await create.untilMidway(b.portal);
  const driver = world.driverOf(
    takenBy(await create.history(b.portal)).at(-1)!,
  );
  const other = driver === a ? b : a;

  await test.step('the other back end takes the apply up and ends it', async () => {
    const killedAt = await kill(driver);
    const run = await create.until(other.portal, 'succeeded');
    const events = await create.history(other.portal);
    const taken = takenUpAfter(events, killedAt);
    expect(world.driverOf(taken)).toBe(other);
    const seconds = secondsBetween(killedAt, taken.at);
    expect(seconds).toBeLessThanOrEqual(TAKEN_UP_WITHIN_SECONDS);
    test.info().annotations.push({
      type: 'taken up by another back end',
      description: `${seconds.toFixed(1)} s after kill -9`,
    });
    expect(run.lastSequence).toBe(events.length);
    expectWholeHistory(
      events,
      'CREATE_COMPLETE',
      await resourcesOf(world.awsUrl, name),
    );
    expect(
      events.filter(({ code }) => code === RUN_EVENT_CODES.callLost),
    ).toEqual([]);
  });

  await test.step('everything was made once', async () => {
    expect(await stacksEver(world.awsUrl, name)).toEqual([
      expect.objectContaining({ status: 'CREATE_COMPLETE' }),
    ]);
    expect(loggedCalls(world.callLog, 'CreateStack', began)).toHaveLength(1);
    const found = await describeInAws(name, settings);
    expect(found.vpcs).toHaveLength(1);
    expect(found.subnets).toHaveLength(9);
    expect(found.natGateways).toHaveLength(1);
    expect(found.databases).toHaveLength(1);
    expect(found.cluster?.status).toBe('ACTIVE');
    expect((await create.environment(other.portal)).status).toBe('ready');
  });

  await test.step('one that is started again takes the destroy up and ends it', async () => {
    const resources = await resourcesOf(world.awsUrl, name);
    const destroy = await create.destroy(other.portal);
    await destroy.confirm(other.portal);
    await destroy.untilMidway(other.portal);
    const killedAt = await kill(other);
    const restarted = await world.backEnd(other === a ? 'a' : 'b');
    const readyAt = new Date();
    await destroy.until(restarted.portal, 'succeeded');
    const events = await destroy.history(restarted.portal);
    const taken = takenUpAfter(events, killedAt);
    expect(world.driverOf(taken)).toBe(restarted);
    expect(secondsBetween(readyAt, taken.at)).toBeLessThanOrEqual(
      TAKEN_UP_WITHIN_SECONDS,
    );
    expectWholeHistory(events, 'DELETE_COMPLETE', resources);
    expect(loggedCalls(world.callLog, 'DeleteStack', began)).toHaveLength(1);
    expect(await describeInAws(name, settings)).toEqual(NOTHING);
    expect(await stacksEver(world.awsUrl, name)).toEqual([
      expect.objectContaining({ status: 'DELETE_COMPLETE' }),
    ]);
    expect((await create.environment(restarted.portal)).status).toBe(
      'destroyed',
    );
  });
});
