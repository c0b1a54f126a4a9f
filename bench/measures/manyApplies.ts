import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import { setTimeout as delay } from 'node:timers/promises';
import { median, milliseconds, quantile, seconds } from '../statistics';
import type { Measure } from '../types';
import type { PortalClient } from '../world/PortalClient';
import {
  destroyEnvironment,
  followToPlan,
  type PlannedRun,
} from '../world/portalRun';

const TARGET_MILLISECONDS = 500;
/** Of one reader between two of its requests. */
const THINK_MILLISECONDS = 100;

/** What the other pages ask for. */
function pages(environmentId: string): Record<string, string> {
  const infra = '/infra-scaffolder';
  return {
    'catalog entities': '/catalog/entities/by-query?limit=20&fields=metadata',
    'environment list': `${infra}/environments`,
    environment: `${infra}/environments/${environmentId}`,
    resources: `${infra}/environments/${environmentId}/resources`,
    blueprints: `${infra}/blueprints`,
  };
}

/** Reads page after page, as a person would, until told to stop. */
async function read(
  portal: PortalClient,
  paths: Record<string, string>,
  isOver: () => boolean,
): Promise<Record<string, number[]>> {
  const times: Record<string, number[]> = {};
  while (!isOver()) {
    for (const [page, path] of Object.entries(paths)) {
      const began = performance.now();
      await portal.get(path);
      (times[page] ??= []).push(performance.now() - began);
      await delay(THINK_MILLISECONDS);
    }
  }
  return times;
}

function inWords(times: number[]): string {
  return `p50 ${milliseconds(median(times))}, p95 ${milliseconds(
    quantile(times, 0.95),
  )}, max ${milliseconds(Math.max(...times))} (${times.length} requests)`;
}

/** Many environments applied at once: all of them end, and the other pages stay quick. */
export const manyApplies: Measure = {
  name: 'many',
  title: 'other pages while many environments are applied at once',
  async run(world, { environments: count, say }) {
    const { backend, portal } = await world.startPortal();
    try {
      const blueprint = await portal.blueprint();
      const environments: Environment[] = [];
      const following: Array<Promise<PlannedRun>> = [];
      const beganPlanning = performance.now();
      for (let index = 0; index < count; index += 1) {
        const name = `bench-many-${index}`;
        // One after the other: each takes the address range that is free then.
        const request = await portal.proposeRequest(name, blueprint);
        const beganRequest = performance.now();
        const { environment, runId } = await portal.create(request);
        environments.push(environment);
        following.push(followToPlan(portal, runId, beganRequest));
      }
      const planned = await Promise.all(following);
      const planSeconds = (performance.now() - beganPlanning) / 1000;
      say(`${count} environments planned in ${seconds(planSeconds)}`);

      let isOver = false;
      const reading = read(portal, pages(environments[0].id), () => isOver);
      reading.catch(() => undefined);
      const began = performance.now();
      const applied = await Promise.allSettled(
        planned.map(each => each.confirm()),
      );
      const applySeconds = (performance.now() - began) / 1000;
      isOver = true;
      const times = await reading;
      say(`${count} environments applied in ${seconds(applySeconds)}`);

      const ready = [];
      for (const { id } of environments) {
        ready.push(await portal.environment(id));
      }
      const readyCount = ready.filter(
        ({ status }) => status === 'ready',
      ).length;
      const problems = applied.flatMap(each =>
        each.status === 'rejected' ? [`${each.reason}`] : [],
      );
      await Promise.all(ready.map(each => destroyEnvironment(portal, each)));
      const all = Object.values(times).flat();
      const p95 = quantile(all, 0.95);
      return [
        {
          measure: `environments ready of ${count} applied at once`,
          figure: `${readyCount}`,
          target: `${count}`,
          met: readyCount === count,
          details: [
            `all planned after ${seconds(planSeconds)}, all settled ${seconds(
              applySeconds,
            )} after they were confirmed`,
            ...problems,
          ],
        },
        {
          measure: `other pages' requests meanwhile, p95`,
          figure: milliseconds(p95),
          target: `≤${TARGET_MILLISECONDS} ms`,
          met: p95 <= TARGET_MILLISECONDS,
          details: [
            `all: ${inWords(all)}`,
            ...Object.entries(times).map(
              ([page, each]) => `${page}: ${inWords(each)}`,
            ),
          ],
        },
      ];
    } finally {
      await world.end(backend);
    }
  },
};
