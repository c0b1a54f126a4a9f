import { expect } from '@playwright/test';
import { resourcesOf, stacksEver } from './support/stacks';
import { test } from './support/test';
import { expectWholeHistory, takenBy, Walk } from './support/Walk';

const DOWN_MILLISECONDS = 3_000;
const BACK_WITHIN_SECONDS = 30;

test('PostgreSQL is killed and started again in the middle of an apply', async ({
  world,
}) => {
  const [a, b] = await world.bothBackEnds();
  const name = 'restarted';
  const walk = await Walk.create(a.portal, name);
  await walk.confirm(a.portal);
  await walk.untilMidway(a.portal);
  const before = (await walk.history(a.portal)).length;

  const killedAt = new Date();
  await world.restartPostgres(DOWN_MILLISECONDS);

  for (const { portal } of [a, b]) {
    await expect(async () => {
      expect((await walk.history(portal)).length).toBeGreaterThan(before);
    }).toPass({ timeout: BACK_WITHIN_SECONDS * 1000, intervals: [200] });
  }
  await walk.until(a.portal, 'succeeded');
  const history = await walk.history(b.portal);
  expectWholeHistory(
    history,
    'CREATE_COMPLETE',
    await resourcesOf(world.awsUrl, name),
  );
  for (const { message, data } of takenBy(history)) {
    expect(message).not.toContain(`because ${data.driver}`);
  }
  expect(await stacksEver(world.awsUrl, name)).toHaveLength(1);
  expect((await walk.environment(b.portal)).status).toBe('ready');
  expect([a, b].map(({ isRunning }) => isRunning)).toEqual([true, true]);
  test.info().annotations.push({
    type: 'taken up after the restart',
    description: takenBy(history)
      .filter(({ at }) => new Date(at) > killedAt)
      .map(
        ({ at, data }) =>
          `${data.driver} ${(Date.parse(at) - killedAt.getTime()) / 1000} s`,
      )
      .join(', '),
  });
});
