import { execFileSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { median, megabytes } from '../statistics';
import type { Measure } from '../types';
import type { Backend, Memory } from '../world/Backend';
import { destroyEnvironment, requestEnvironment } from '../world/portalRun';

const TARGET_RATIO = 1.25;
const SETTLE_SECONDS = 20;
/** Well after its plan was made and well before its end. */
const MID_RUN_SECONDS = 5;
const SAMPLES_IDLE = 40;
const SAMPLE_MILLISECONDS = 500;

interface Samples {
  /** As the operating system sees it, while work goes on. */
  rss: number[];
  /** What was really in use, after garbage was collected. */
  heap: number[];
}

/** Takes samples until the work is done, at least {@link SAMPLES_IDLE}. */
async function sample(
  backend: Backend,
  until: Promise<unknown>,
): Promise<Samples> {
  let isDone = false;
  const done = until.finally(() => {
    isDone = true;
  });
  done.catch(() => undefined);
  const samples: Memory[] = [];
  while (!isDone || samples.length < SAMPLES_IDLE) {
    samples.push(await backend.memory({ afterCollection: false }));
    await delay(SAMPLE_MILLISECONDS);
  }
  await done;
  return { rss: samples.map(({ rss }) => rss), heap: [] };
}

/** Memory of the processes that a process has started, guards and workers, in bytes. */
function memoryOfChildren(pid: number): number {
  const rows = execFileSync('ps', ['-A', '-o', 'ppid=,rss='], {
    encoding: 'utf8',
  })
    .trim()
    .split('\n')
    .map(row => row.trim().split(/\s+/).map(Number));
  return rows
    .filter(([parent]) => parent === pid)
    .reduce((sum, [, kilobytes]) => sum + kilobytes * 1024, 0);
}

async function heapOf(backend: Backend): Promise<number> {
  return (await backend.memory({ afterCollection: true })).heapUsed;
}

/**
 * Lets it come to rest after its start, and collects the garbage of that: whether V8 has done so by itself makes a
 * difference of 300 MB to what the system sees, on either side.
 */
async function settle(backend: Backend): Promise<void> {
  await delay(SETTLE_SECONDS * 1000);
  await heapOf(backend);
  // V8 gives the pages back a while after it has collected them.
  await delay(SETTLE_SECONDS * 1000);
}

function inWords(name: string, { rss, heap }: Samples): string {
  return `${name}: RSS median ${megabytes(median(rss))}, largest ${megabytes(
    Math.max(...rss),
  )}; heap after collection ${megabytes(median(heap))}`;
}

/** The portal's back end with a run going on against the one that `create-app` makes, on the same PostgreSQL server. */
export const memory: Measure = {
  name: 'memory',
  title: 'memory of the back end ÷ stock Backstage',
  async run(world, { say }) {
    const stock = await world.startStock();
    await settle(stock);
    const ofStock = await sample(stock, Promise.resolve());
    ofStock.heap.push(await heapOf(stock));
    await world.end(stock);
    say(inWords('stock', ofStock));

    const { backend, portal } = await world.startPortal();
    try {
      await settle(backend);
      const request = await portal.proposeRequest(
        'bench-memory',
        await portal.blueprint(),
      );
      const run = async () => {
        const planned = await requestEnvironment(portal, request);
        await planned.confirm();
        return planned.environment;
      };
      const running = run();
      const ofPortal = await sample(backend, running);
      const workers = memoryOfChildren(backend.pid);
      // During the next run, because a collection also lowers what the system sees.
      const destroying = destroyEnvironment(portal, await running);
      destroying.catch(() => undefined);
      await delay(MID_RUN_SECONDS * 1000);
      const heapAtWork = await heapOf(backend);
      ofPortal.heap.push(heapAtWork);
      await destroying;
      say(inWords('portal', ofPortal));

      const ratios = {
        RSS: median(ofPortal.rss) / median(ofStock.rss),
        'heap after collection': heapAtWork / median(ofStock.heap),
      };
      return Object.entries(ratios).map(([what, ratio]) => ({
        measure: `${what} of the back end with a run going on ÷ stock back end`,
        figure: ratio.toFixed(3),
        target: `≤${TARGET_RATIO}`,
        met: ratio <= TARGET_RATIO,
        details:
          what === 'RSS'
            ? [
                inWords('portal', ofPortal),
                inWords('stock', ofStock),
                `the CDK worker, apart: ${megabytes(workers)}`,
              ]
            : [],
      }));
    } finally {
      await world.end(backend);
    }
  },
};
