import {
  DeleteObjectCommand,
  HeadBucketCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { JsonValue } from '@backstage/types';
import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import type { MutatingCall } from '@slipway/plugin-runs-node';
import { EngineBench } from './__testUtils__/EngineBench';
import { ACCOUNT, environmentFixture } from './__testUtils__/fixtures';
import { MemoryStepContext } from './__testUtils__/MemoryStepContext';
import { missingSandbox } from './__testUtils__/sandbox';

jest.setTimeout(180_000);

const describeWithAws = missingSandbox ? describe.skip : describe;

/** Does something right before one of its calls is made. */
class StepWithNeighbour extends MemoryStepContext {
  beforeCall: { name: string; act: () => Promise<void> } | undefined;

  async call<T extends JsonValue>(call: MutatingCall<T>): Promise<T> {
    if (call.name === this.beforeCall?.name) {
      await this.beforeCall.act();
    }
    return super.call(call);
  }
}

describeWithAws('CdkEngine and buckets that hold something', () => {
  const bench = new EngineBench();
  let s3: S3Client;

  beforeAll(async () => {
    await bench.start(0.1);
    s3 = new S3Client({
      ...(await bench.aws.aws.clientConfig({
        accountId: ACCOUNT,
        region: 'us-east-1',
      })),
      forcePathStyle: true,
    });
  });

  afterAll(async () => {
    s3?.destroy();
    await bench.stop();
  });

  async function put(bucket: string, ...keys: string[]): Promise<void> {
    for (const key of keys) {
      await s3.send(
        new PutObjectCommand({ Bucket: bucket, Key: key, Body: key }),
      );
    }
  }

  async function exists(bucket: string): Promise<boolean> {
    return s3.send(new HeadBucketCommand({ Bucket: bucket })).then(
      () => true,
      () => false,
    );
  }

  async function withBuckets(
    name: string,
    buckets: true | 'kept',
  ): Promise<Environment> {
    return bench.made(environmentFixture(name), { buckets });
  }

  it('counts what goes with a marked bucket in the plan, and deletes it with every version', async () => {
    const living = await withBuckets('full', true);
    const bucket = 'slipway-full-uploads';
    await put(bucket, 'a', 'a', 'b');
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'b' }));

    const destroy = await bench.planned(living, 'destroy');
    expect(destroy.warnings).toEqual([
      `The bucket ${bucket} holds 4 objects, old versions counted; they are deleted with it.`,
    ]);
    expect(await exists(bucket)).toBe(true);

    const ctx = bench.newStep();
    await bench.engine.apply(ctx, destroy);
    expect(await exists(bucket)).toBe(false);
    expect(await bench.stackStatus('slipway-full')).toBeUndefined();
    expect([...ctx.journal.keys()]).toEqual([
      expect.stringMatching(/^EmptyBucket:Uploads\w+:1\.1$/),
      'DeleteStack',
    ]);
    expect(ctx.events.map(({ message }) => message)).toContain(
      `4 objects deleted from the bucket ${bucket}.`,
    );
  });

  it('empties the buckets of a create that is cancelled', async () => {
    const environment = environmentFixture('halfway');
    const create = await bench.planned(environment, 'create', {
      buckets: true,
    });
    const ctx = bench.newStep();
    await bench.engine.apply(ctx, create);
    await put('slipway-halfway-uploads', 'a first log');
    const undo = new MemoryStepContext(ctx.run.id, { before: ctx });
    await expect(bench.engine.cancel(undo, create)).resolves.toMatchObject({
      leftInAws: false,
    });
    expect(await exists('slipway-halfway-uploads')).toBe(false);
  });

  it('stops before the objects of a bucket that is not marked, and goes on once it was emptied', async () => {
    const living = await withBuckets('archived', 'kept');
    const bucket = 'slipway-archived-archive';
    await put(bucket, 'book');

    const destroy = await bench.planned(living, 'destroy');
    expect(destroy.warnings).toEqual([
      `The bucket ${bucket} holds 1 object, old versions counted, and the blueprint does not let them be deleted: the destroy stops there unless you empty it first.`,
    ]);
    await expect(
      bench.engine.apply(bench.newStep(), destroy),
    ).rejects.toMatchObject({
      problem: {
        code: 'cloudformation.destroy-failed',
        mend: expect.stringContaining('emptying the bucket'),
      },
    });
    expect(await exists(bucket)).toBe(true);

    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'book' }));
    await bench.engine.apply(bench.newStep(), destroy);
    expect(await exists(bucket)).toBe(false);
  });

  it('empties a bucket again that was written to while its stack was being deleted, also after a crash', async () => {
    const living = await withBuckets('busy', true);
    const bucket = 'slipway-busy-uploads';
    const destroy = await bench.planned(living, 'destroy');
    expect(destroy.warnings).toEqual([]);

    const before = new StepWithNeighbour('run-busy');
    before.beforeCall = {
      name: 'DeleteStack',
      act: () => put(bucket, 'a log that arrives late'),
    };
    const killed = new Error('killed');
    const emptied = before.emit.bind(before);
    before.emit = async event => {
      await emptied(event);
      before.call = () => Promise.reject(killed);
      before.saveCheckpoint = () => Promise.reject(killed);
    };
    await expect(bench.engine.apply(before, destroy)).rejects.toBe(killed);
    expect(await bench.stackStatus('slipway-busy')).toBe('DELETE_FAILED');

    const after = new MemoryStepContext('run-busy', { before });
    await bench.engine.apply(after, destroy);
    expect(await bench.stackStatus('slipway-busy')).toBeUndefined();
    expect(await exists(bucket)).toBe(false);
  });
});
