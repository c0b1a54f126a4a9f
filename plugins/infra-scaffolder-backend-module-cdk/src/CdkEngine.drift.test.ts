import {
  DeleteBucketCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { EngineBench } from './__testUtils__/EngineBench';
import {
  ACCOUNT,
  environmentFixture,
  requestFixture,
} from './__testUtils__/fixtures';
import { missingSandbox } from './__testUtils__/sandbox';

jest.setTimeout(180_000);

const describeWithAws = missingSandbox ? describe.skip : describe;

describeWithAws('CdkEngine and what somebody changes in AWS', () => {
  const bench = new EngineBench();
  const signal = new AbortController().signal;
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

  const drifted = async (environment: ReturnType<typeof environmentFixture>) =>
    (await bench.engine.detectDrift(environment, signal)).filter(
      ({ kind }) => kind !== 'unchecked',
    );

  it('finds it, plans to put it back as AWS says it, and puts it back', async () => {
    const parameters = { buckets: 'kept' };
    const environment = await bench.made(
      environmentFixture('drifts'),
      parameters,
    );
    expect(await drifted(environment)).toEqual([]);

    const uploads = 'slipway-drifts-uploads';
    const archive = 'slipway-drifts-archive';
    await s3.send(
      new PutBucketVersioningCommand({
        Bucket: uploads,
        VersioningConfiguration: { Status: 'Suspended' },
      }),
    );
    await s3.send(new DeleteBucketCommand({ Bucket: archive }));
    expect(await drifted(environment)).toEqual([
      expect.objectContaining({ path: 'Archive', kind: 'deleted' }),
      expect.objectContaining({
        path: 'Uploads',
        kind: 'changed',
        physicalId: uploads,
        attributes: [
          {
            path: 'VersioningConfiguration.Status',
            before: 'Enabled',
            after: 'Suspended',
          },
        ],
      }),
    ]);
    const blind = await bench.planned(environment, 'update', parameters);
    expect(blind.changes).toEqual([]);

    const request = {
      ...requestFixture(environment, 'update', parameters),
      revertDrift: true,
    };
    const plan = await bench.engine.plan(bench.newStep(), request);
    expect(plan.changes).toEqual([
      expect.objectContaining({
        path: 'Archive',
        action: 'create',
        type: 'AWS::S3::Bucket',
      }),
      {
        logicalId: expect.any(String),
        type: 'AWS::S3::Bucket',
        path: 'Uploads',
        action: 'update',
        physicalId: uploads,
        attributes: [
          {
            path: 'VersioningConfiguration.Status',
            before: 'Suspended',
            after: 'Enabled',
            replaces: 'no',
          },
        ],
      },
    ]);
    expect(plan.warnings).toEqual([
      'Archive was deleted outside the portal. It is made anew, without what was in it.',
    ]);
    const before = plan.resources.before.map(each => each.path);
    expect(before).toContain('Uploads');
    expect(before).not.toContain('Archive');
    expect(
      plan.resources.before.find(({ path }) => path === 'Uploads')?.properties
        .VersioningConfiguration,
    ).toEqual({ Status: 'Suspended' });

    await bench.engine.apply(bench.newStep(), { ...request, ...plan });
    expect(await drifted(environment)).toEqual([]);
    expect(
      (await s3.send(new GetBucketVersioningCommand({ Bucket: uploads })))
        .Status,
    ).toBe('Enabled');
    await s3.send(new HeadBucketCommand({ Bucket: archive }));
  });

  it('has nothing to put back where nothing drifted, and leaves no change set', async () => {
    const environment = await bench.made(environmentFixture('steady'));
    const plan = await bench.engine.plan(bench.newStep(), {
      ...requestFixture(environment, 'update'),
      revertDrift: true,
    });
    expect(plan).toMatchObject({ changes: [], warnings: [] });
    expect(plan.artifact.meta).not.toHaveProperty('changeSetId');
  });

  it('says what a change would do without leaving anything behind', async () => {
    const environment = await bench.made(environmentFixture('looked-at'));
    const calls = bench.endpoint.calls.length;
    const preview = await bench.engine.preview(
      requestFixture(environment, 'update', { days: 30, comment: 'newer' }),
      signal,
    );
    expect(preview.changes).toEqual([
      expect.objectContaining({
        path: 'Events',
        action: 'update',
        attributes: [expect.objectContaining({ after: 'newer' })],
      }),
      expect.objectContaining({
        path: 'Logs',
        attributes: [
          expect.objectContaining({
            path: 'RetentionInDays',
            before: 7,
            after: 30,
          }),
        ],
      }),
    ]);
    const asked = bench.endpoint.calls.slice(calls).map(each => each.action);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter(name => !/^(Describe|Get)/.test(name ?? ''))).toEqual(
      [],
    );
  });
});
