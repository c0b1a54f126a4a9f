import { expect } from '@playwright/test';
import { INFRA_EVENT_CODES } from '@slipway/plugin-infra-scaffolder-common';
import { RUN_EVENT_CODES, type RunEvent } from '@slipway/plugin-runs-common';
import type { PortalClient } from '../../bench/world/PortalClient';
import { resourcesOf } from './support/stacks';
import { test } from './support/test';
import { expectWholeHistory, takenBy, Walk } from './support/Walk';

/** An event is shown by the other back end so soon after it was written. */
const SHOWN_WITHIN_SECONDS = 3;

interface Received {
  event: RunEvent;
  delaySeconds: number;
}

/** All events of a run as its stream brings them, until the stream says that this was the last one. */
async function receive(
  portal: PortalClient,
  runId: string,
): Promise<Received[]> {
  const received: Received[] = [];
  for await (const event of portal.events(runId)) {
    const delaySeconds = (Date.now() - Date.parse(event.at)) / 1000;
    received.push({ event, delaySeconds });
  }
  return received;
}

/** Drivers of a run since it was confirmed. */
function driversOfApply(events: RunEvent[]): number {
  const confirmed = events.findIndex(
    ({ code }) => code === RUN_EVENT_CODES.signal,
  );
  return takenBy(events.slice(confirmed)).length;
}

test('two back ends share the runs, each driven by one and shown by both', async ({
  world,
}) => {
  const [a, b] = await world.bothBackEnds();
  const walks = [
    await Walk.create(a.portal, 'shared-a'),
    await Walk.create(b.portal, 'shared-b'),
  ];
  const streams = walks.map(({ runId }) =>
    [a, b].map(({ portal }) => receive(portal, runId)),
  );
  await walks[0].confirm(b.portal);
  await walks[1].confirm(a.portal);

  for (const [index, name] of ['shared-a', 'shared-b'].entries()) {
    const walk = walks[index];
    await walk.until(a.portal, 'succeeded', 90);
    const history = await walk.history(a.portal);
    expectWholeHistory(
      history,
      'CREATE_COMPLETE',
      await resourcesOf(world.awsUrl, name),
    );
    expect(driversOfApply(history)).toBe(1);
    const intended = history
      .filter(({ code }) => code === RUN_EVENT_CODES.callIntended)
      .map(({ data }) => data.call);
    expect(intended).toContain('CreateStack');
    expect(intended).toHaveLength(new Set(intended).size);

    const driver = world.driverOf(takenBy(history).at(-1)!);
    for (const [watcher, stream] of [a, b].map(
      (each, at) => [each, streams[index][at]] as const,
    )) {
      const received = await stream;
      expect(received.map(({ event }) => event)).toEqual(history);
      const live = received
        .filter(({ event }) => event.code === INFRA_EVENT_CODES.resource)
        .map(({ delaySeconds }) => delaySeconds)
        .sort((x, y) => x - y);
      const p95 = live[Math.floor(live.length * 0.95)];
      expect(p95).toBeLessThan(SHOWN_WITHIN_SECONDS);
      test.info().annotations.push({
        type: `events of ${name} by ${watcher.name}`,
        description: `${
          watcher === driver ? 'driver' : 'watcher'
        }, p95 ${p95.toFixed(2)} s after they were written`,
      });
    }
  }
});
