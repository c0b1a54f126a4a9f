import {
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { environmentFixture, requestFixture } from '../__testUtils__/fixtures';
import { blueprintInput } from '../plan/blueprintInput';
import { ForkedSynthesiser } from './ForkedSynthesiser';
import { launchWorker } from './launch';

jest.setTimeout(180_000);

const TINY = require.resolve('../__testUtils__/tinyBlueprint');
const CANARY = 'canary-7f3a-secret';

describe('ForkedSynthesiser', () => {
  let workingDirectory: string;
  let synthesiser: ForkedSynthesiser;
  const logger = mockServices.logger.mock();

  const create = (settings: { synthTimeoutSeconds?: number } = {}) =>
    ForkedSynthesiser.create({
      settings: {
        prewarm: false,
        heapMegabytes: 400,
        synthTimeoutSeconds: 120,
        workingDirectory,
        ...settings,
      },
      logger,
    });

  const synth = (
    parameters: JsonObject = {},
    signal?: AbortSignal,
    cdkModule = TINY,
    by = synthesiser,
  ) =>
    by.synth(
      cdkModule,
      blueprintInput(
        requestFixture(environmentFixture('synth'), 'create', parameters),
        ['us-east-1a', 'us-east-1b', 'us-east-1c'],
      ),
      signal,
    );

  beforeAll(async () => {
    workingDirectory = mkdtempSync(path.join(tmpdir(), 'slipway-synth-test-'));
    synthesiser = create();
    await synthesiser.warm();
  });

  afterAll(async () => {
    await synthesiser.close();
    rmSync(workingDirectory, { recursive: true });
  });

  it('keeps one process for many requests, and leaves no files', async () => {
    const pid = synthesiser.workerPid;
    const [first, second, third] = await Promise.all([
      synth(),
      synth(),
      synth({ days: 30 }),
    ]);
    expect(second).toEqual(first);
    expect(third.template).not.toEqual(first.template);
    expect(synthesiser.workerPid).toBe(pid);
    // The folder of the process itself is all that stays.
    expect(readdirSync(workingDirectory)).toHaveLength(1);
  });

  it.each<[string, JsonObject, string, RegExp, boolean]>([
    ['a full disk', { disk: true }, 'cdk.disk-full', /disk .* is full/, true],
    [
      'a blueprint that throws',
      { throw: 'cidr must end in .0' },
      'cdk.synth-failed',
      /cannot be built .*cidr must end in \.0/,
      false,
    ],
    ['a crash', { crash: true }, 'cdk.worker-crashed', /signal SIGKILL/, true],
    [
      'too much memory',
      { memory: true },
      'cdk.worker-out-of-memory',
      /more than the 400 MB/,
      true,
    ],
  ])(
    'survives %s and goes on with the next request',
    async (_, parameters, code, message, retryable) => {
      const [failed, next] = await Promise.allSettled([
        synth(parameters),
        synth(),
      ]);
      expect(failed).toMatchObject({
        status: 'rejected',
        reason: {
          retryable,
          problem: {
            code,
            message: expect.stringMatching(message),
            mend: expect.stringMatching(/\w/),
          },
        },
      });
      expect(next.status).toBe('fulfilled');
      expect(readdirSync(workingDirectory)).toHaveLength(1);
    },
  );

  it('ends a synth that takes too long', async () => {
    const hasty = create({ synthTimeoutSeconds: 20 });
    await hasty.warm();
    await expect(
      synth({ hang: true }, undefined, TINY, hasty),
    ).rejects.toMatchObject({
      problem: { code: 'cdk.worker-timed-out' },
    });
    expect(hasty.workerPid).toBeUndefined();
    await hasty.close();
    // Only the other process's folder is left.
    expect(readdirSync(workingDirectory)).toHaveLength(1);
  });

  it('ends a synth that nobody waits for any more', async () => {
    const stop = new AbortController();
    const synthesis = synth({ hang: true }, stop.signal);
    setTimeout(() => stop.abort(), 200);
    await expect(synthesis).rejects.toMatchObject({ name: 'AbortError' });
    await expect(synth()).resolves.toBeDefined();
  });

  it('says which blueprint cannot be loaded', async () => {
    await expect(
      synth({}, undefined, '@slipway/no-such-blueprint/cdk'),
    ).rejects.toMatchObject({
      problem: {
        code: 'cdk.blueprint-unloadable',
        message: expect.stringContaining('@slipway/no-such-blueprint/cdk'),
      },
    });
  });

  it('says that its folder is missing', async () => {
    const nowhere = ForkedSynthesiser.create({
      settings: {
        prewarm: false,
        heapMegabytes: 400,
        synthTimeoutSeconds: 20,
        workingDirectory: path.join(workingDirectory, 'missing'),
      },
      logger,
    });
    await expect(synth({}, undefined, TINY, nowhere)).rejects.toMatchObject({
      problem: { code: 'cdk.folder-unusable' },
    });
    await nowhere.warm();
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('CDK worker did not start'),
    );
    await nowhere.close();
  });

  it('leaves nothing behind when its back end is killed', async () => {
    const folder = mkdtempSync(path.join(workingDirectory, 'orphan-'));
    const child = launchWorker({ heapMegabytes: 400, folder });
    const gone = new Promise(resolve => {
      child.once('exit', resolve);
    });
    await new Promise<void>(resolve => {
      child.on('message', (message: { type: string }) => {
        if (message.type === 'ready') {
          resolve();
        }
      });
    });
    child.disconnect();
    await gone;
    expect(existsSync(folder)).toBe(false);
  });

  it('shares no secret with the process that runs blueprints', async () => {
    const names = ['AWS_SECRET_ACCESS_KEY', 'AUTH_TOKEN', 'POSTGRES_PASSWORD'];
    const before = names.map(name => process.env[name]);
    names.forEach(name => {
      process.env[name] = CANARY;
    });
    const spy = path.join(workingDirectory, 'spy.cjs');
    writeFileSync(
      spy,
      'exports.build = () => { throw new Error(JSON.stringify(process.env)); };',
    );
    const fresh = create();
    try {
      const failure = await synth({}, undefined, spy, fresh).catch(
        error => error,
      );
      expect(failure.problem.message).toContain('AWS_EC2_METADATA_DISABLED');
      expect(failure.problem.message).not.toContain(CANARY);
      expect(failure.problem.message).toContain(`"HOME":"${workingDirectory}`);
    } finally {
      await fresh.close();
      rmSync(spy);
      names.forEach((name, index) => {
        if (before[index] === undefined) {
          delete process.env[name];
        } else {
          process.env[name] = before[index];
        }
      });
    }
  });
});
