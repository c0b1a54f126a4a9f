import { expect } from '@playwright/test';
import {
  commandLines,
  CANARIES,
  databaseTexts,
  logFiles,
  placesOf,
} from './support/canaries';
import { test } from './support/test';
import { Walk } from './support/Walk';

test('no secret of a back end is in a log, a table or a list of processes', async ({
  world,
}) => {
  const { portal, pid, workers } = await world.backEnd('a');
  // A request that AWS does not answer, then throttles, then refuses: what goes wrong is told at length.
  await world.goDark('us-east-1');
  const walk = await Walk.create(portal, 'canary');
  await walk.told(portal, 'silence', ({ level }) => level === 'warning');
  await world.light();
  await walk.until(portal, 'waiting');
  await world.startFault({
    effect: { kind: 'throttle' },
    match: { operation: 'CreateStack' },
    times: 4,
  });
  await world.failNext(
    'AWS::EC2::VPC',
    'The maximum number of VPCs is reached.',
  );
  await walk.confirm(portal);
  await walk.until(portal, 'failed');
  const events = JSON.stringify(await walk.history(portal));

  const logs = logFiles(world.logDirs);
  const rows = await databaseTexts(world);
  const processes = commandLines();
  // What is looked through holds what it should: a search of nothing finds nothing.
  expect(placesOf(walk.runId, logs)).toContain('backend-a.log');
  expect(placesOf(walk.runId, rows)).toContain(
    'slipway_infra-scaffolder.run_events',
  );
  expect(placesOf('src/index', processes)).toContain(`${pid}`);
  expect(workers.length).toBeGreaterThan(0);
  expect([...processes.keys()]).toEqual(
    expect.arrayContaining(workers.map(String)),
  );
  expect(events).toContain('The maximum number of VPCs is reached.');

  for (const secret of Object.values(CANARIES)) {
    expect(placesOf(secret, logs), 'log files').toEqual([]);
    expect(placesOf(secret, rows), 'tables').toEqual([]);
    expect(placesOf(secret, processes), 'processes').toEqual([]);
    expect(events).not.toContain(secret);
  }
});
