import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { settleWorker } from '../apply/settleWorker';
import { MemoryStepContext } from '../__testUtils__/MemoryStepContext';
import type { StateStore } from '../state/StateStore';
import { FOLDER_PREFIX } from '../workspace/sweep';
import type { EngineWorld } from '../world';
import type { Worker } from './launchWorker';
import { identify, probe } from './processIdentity';
import { Workers } from './Workers';

/** A bucket that somebody else may write to. */
function workersIn(body: unknown): Workers {
  const store = {
    bucket: 'states',
    get: async () => Buffer.from(JSON.stringify(body)),
  } as unknown as StateStore;
  return Workers.create(store, 'e1');
}

async function deadWorker(folder: string): Promise<Worker> {
  return {
    process: { ...(await identify(process.pid)), startedAt: 'before' },
    runId: 'run-1',
    operation: 'create',
    planSha256: 'abc',
    launchedAt: '2026-11-21T10:00:00.000Z',
    folder,
  };
}

describe('the record of the last process', () => {
  const workingDirectory = mkdtempSync(path.join(tmpdir(), 'slipway-tf-rec-'));
  const precious = mkdtempSync(path.join(tmpdir(), 'slipway-tf-precious-'));

  afterAll(() => {
    rmSync(workingDirectory, { recursive: true, force: true });
    rmSync(precious, { recursive: true, force: true });
  });

  it('is read where it is one, and refused where it is not', async () => {
    const worker = await deadWorker(precious);
    expect(await workersIn(worker).read()).toEqual(worker);
    for (const broken of [
      { ...worker, folder: ['/'] },
      { ...worker, process: { ...worker.process, pid: -1 } },
      { ...worker, operation: 'remove' },
      { ...worker, process: undefined },
    ]) {
      await expect(workersIn(broken).read()).rejects.toMatchObject({
        problem: { code: 'terraform.worker-record-refused' },
      });
    }
  });

  it.each([
    ['another folder', () => precious],
    ['the working directory', () => workingDirectory],
    [
      'a folder beside it, by dots',
      () => `${workingDirectory}/${FOLDER_PREFIX}1/../../${precious}`,
    ],
    [
      'a folder within one',
      () => path.join(workingDirectory, `${FOLDER_PREFIX}1`, 'data'),
    ],
  ])('leads to no folder but our own: %s', async (_, folder) => {
    const worker = await deadWorker(folder());
    const world = {
      settings: { workingDirectory, endSeconds: 1 },
      workers: workersIn(worker),
    } as unknown as EngineWorld;
    await expect(
      settleWorker(new MemoryStepContext('run-2'), world, worker),
    ).rejects.toMatchObject({
      problem: { code: 'terraform.worker-record-refused' },
    });
  });

  it('says nothing of a process in another container', async () => {
    const here = await identify(process.pid);
    expect(await probe(here)).toBe('alive');
    expect(await probe({ ...here, startedAt: 'before' })).toBe('dead');
    expect(await probe({ ...here, pidNamespace: 'pid:[1]' })).toBe('elsewhere');
    expect(
      await probe({ ...here, bootId: 'before', pidNamespace: undefined }),
    ).toBe('elsewhere');
  });
});
