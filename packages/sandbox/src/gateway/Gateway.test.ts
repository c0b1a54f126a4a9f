import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
} from '@aws-sdk/client-cloudwatch';
import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import {
  ListHostedZonesCommand,
  Route53Client,
} from '@aws-sdk/client-route-53';
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  CreateSecretCommand,
  ListSecretsCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { FaultInput } from '../faults/faultInput';
import { Sandbox } from '../supervisor/Sandbox';
import type { LoggedCall } from './CallLog';

const CREDENTIALS = {
  accessKeyId: 'test',
  secretAccessKey: 'a-secret-nobody-may-log',
};

describe('the gateway in front of the emulator', () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'slipway-gateway-'));
  const sandbox = Sandbox.create({
    dir,
    parts: ['aws'],
    ports: { aws: 0, dns: 0 },
    resourceSeconds: 0,
  });

  beforeAll(() => sandbox.start(), 60_000);
  afterAll(async () => {
    await sandbox.stop();
    rmSync(dir, { recursive: true, force: true });
  }, 30_000);
  afterEach(() => control('DELETE', 'faults', {}));

  function settings(region = 'us-east-1', maxAttempts = 1) {
    return {
      endpoint: sandbox.awsUrl!,
      region,
      maxAttempts,
      credentials: CREDENTIALS,
    };
  }

  async function control<T>(
    method: string,
    address: string,
    body?: unknown,
  ): Promise<T> {
    const answer = await fetch(`${sandbox.awsUrl}/_slipway/${address}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return (await answer.json()) as T;
  }

  const start = (fault: FaultInput) => control('POST', 'faults', fault);

  async function lastCalls(): Promise<LoggedCall[]> {
    const status = await control<{ calls: { recent: LoggedCall[] } }>(
      'GET',
      'status',
    );
    return status.calls.recent;
  }

  it.each([
    [403, { origin: 'https://shop.example' }],
    [403, { origin: 'null' }],
    [403, { 'sec-fetch-site': 'cross-site' }],
    [403, { host: 'rebound.example' }],
    [403, { host: 'localhost.example' }],
    [200, { origin: 'http://localhost:3000' }],
    [200, { host: 'localhost:4566' }],
    [200, { host: 'cloudformation.us-east-1.amazonaws.com' }],
    [200, {}],
  ])('answers %d to a form from %j', async (expected, headers) => {
    const status = await new Promise((resolve, reject) => {
      http
        .request(
          sandbox.awsUrl!,
          {
            method: 'POST',
            headers: {
              'content-type': 'application/x-www-form-urlencoded',
              ...headers,
            },
          },
          answer => resolve(answer.resume().statusCode),
        )
        .once('error', reject)
        .end('Action=DescribeStacks&Version=2010-05-15');
    });
    expect(status).toBe(expected);
  });

  it('carries bodies both ways untouched, chunked and large ones too, and logs calls without secrets', async () => {
    const s3 = new S3Client(settings());
    await s3.send(new CreateBucketCommand({ Bucket: 'carried' }));
    const body = Buffer.alloc(3_000_000, 'a-body-nobody-may-log;');
    for (const Key of ['checked', 'plain key/ü']) {
      await s3.send(
        new PutObjectCommand({ Bucket: 'carried', Key, Body: body }),
      );
      const got = await s3.send(
        new GetObjectCommand({ Bucket: 'carried', Key }),
      );
      expect(
        Buffer.from(await got.Body!.transformToByteArray()).equals(body),
      ).toBe(true);
    }
    expect((await lastCalls())[0]).toMatchObject({
      account: '123456789012',
      region: 'us-east-1',
      service: 's3',
      operation: 'GetObject',
      status: 200,
    });
    const files = ['aws-calls.jsonl', 'emulator.log'].map(name =>
      path.join(dir, 'logs', name),
    );
    for (const file of files.filter(existsSync)) {
      expect(readFileSync(file, 'utf8')).not.toMatch(
        /nobody-may-log|Signature/,
      );
    }
  });

  it('a dark region drops its calls and those of global control planes; the other region works', async () => {
    await start({
      effect: { kind: 'dark' },
      match: { region: 'us-east-1' },
    });
    const vpcs = new DescribeVpcsCommand({});
    await expect(new EC2Client(settings()).send(vpcs)).rejects.toThrow(
      /ECONNRESET|socket hang up/,
    );
    await new EC2Client(settings('us-west-2')).send(vpcs);
    await expect(
      new IAMClient(settings('us-west-2')).send(new ListRolesCommand({})),
    ).rejects.toThrow();
    await expect(
      new Route53Client(settings()).send(new ListHostedZonesCommand({})),
    ).rejects.toThrow();
    const s3 = new S3Client(settings('us-west-2'));
    await s3.send(new ListBucketsCommand({}));
    await expect(
      s3.send(new CreateBucketCommand({ Bucket: 'needs-us-east-1' })),
    ).rejects.toThrow();
    expect((await lastCalls())[0]).toMatchObject({
      operation: 'CreateBucket',
      status: 0,
      faults: ['dark'],
    });
  });

  it('a dark region can also hang', async () => {
    await start({
      effect: { kind: 'dark', mode: 'hang' },
      match: { region: 'us-east-1' },
    });
    await expect(
      new EC2Client(settings()).send(new DescribeVpcsCommand({}), {
        abortSignal: AbortSignal.timeout(400),
      }),
    ).rejects.toMatchObject({ name: 'AbortError' });
  });

  it.each<[string, string, (maxAttempts: number) => Promise<unknown>]>([
    [
      'EC2',
      'RequestLimitExceeded',
      attempts =>
        new EC2Client(settings('us-east-1', attempts)).send(
          new DescribeVpcsCommand({}),
        ),
    ],
    [
      'a query service',
      'Throttling',
      attempts =>
        new RDSClient(settings('us-east-1', attempts)).send(
          new DescribeDBInstancesCommand({}),
        ),
    ],
    [
      'a JSON service',
      'ThrottlingException',
      attempts =>
        new SecretsManagerClient(settings('us-east-1', attempts)).send(
          new ListSecretsCommand({}),
        ),
    ],
    [
      'CloudWatch',
      'Throttling',
      attempts =>
        new CloudWatchClient(settings('us-east-1', attempts)).send(
          new DescribeAlarmsCommand({}),
        ),
    ],
    [
      'S3',
      'SlowDown',
      attempts =>
        new S3Client(settings('us-east-1', attempts)).send(
          new ListBucketsCommand({}),
        ),
    ],
    [
      'Route 53',
      'Throttling',
      attempts =>
        new Route53Client(settings('us-east-1', attempts)).send(
          new ListHostedZonesCommand({}),
        ),
    ],
  ])(
    'throttles %s in its own words, and its SDK tries again',
    async (_, name, send) => {
      await start({ effect: { kind: 'throttle' }, times: 2 });
      await expect(send(1)).rejects.toMatchObject({
        name: expect.stringContaining(name),
      });
      await expect(send(3)).resolves.toBeDefined();
    },
  );

  it('throttles a REST service with 429', async () => {
    await start({ effect: { kind: 'throttle' }, times: 1 });
    const eks = new EKSClient(settings());
    const describeCluster = new DescribeClusterCommand({ name: 'none' });
    await expect(eks.send(describeCluster)).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      $metadata: { httpStatusCode: 429 },
    });
    await expect(eks.send(describeCluster)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('a lost answer comes after the call took effect', async () => {
    await start({
      effect: { kind: 'lose' },
      match: { service: 's3', operation: 'Create*' },
      times: 1,
    });
    const s3 = new S3Client(settings());
    await expect(
      s3.send(new CreateBucketCommand({ Bucket: 'made-anyway' })),
    ).rejects.toThrow();
    await s3.send(new HeadBucketCommand({ Bucket: 'made-anyway' }));
  });

  it('latency delays, and only what it matches', async () => {
    await start({
      effect: { kind: 'latency', delayMs: 700 },
      match: { service: 's3' },
    });
    const seconds = async (work: () => Promise<unknown>) => {
      const startedMs = Date.now();
      await work();
      return (Date.now() - startedMs) / 1000;
    };
    const s3 = new S3Client(settings());
    expect(
      await seconds(() => s3.send(new ListBucketsCommand({}))),
    ).toBeGreaterThanOrEqual(0.7);
    const ec2 = new EC2Client(settings());
    expect(
      await seconds(() => ec2.send(new DescribeVpcsCommand({}))),
    ).toBeLessThan(0.7);
  });

  it('a stale read answers what it answered before the change', async () => {
    const secrets = new SecretsManagerClient(settings('us-west-2'));
    const names = async () =>
      (await secrets.send(new ListSecretsCommand({}))).SecretList?.map(
        ({ Name }) => Name,
      );
    expect(await names()).not.toContain('fresh');
    await secrets.send(
      new CreateSecretCommand({ Name: 'fresh', SecretString: 'x' }),
    );
    await start({
      effect: { kind: 'stale' },
      match: { operation: 'ListSecrets' },
      times: 1,
    });
    expect(await names()).not.toContain('fresh');
    expect(await names()).toContain('fresh');
  });

  it('knows the account of an assumed role', async () => {
    const { Credentials } = await new STSClient(settings()).send(
      new AssumeRoleCommand({
        RoleArn: 'arn:aws:iam::210987654321:role/portal',
        RoleSessionName: 'gateway-test',
      }),
    );
    await new EC2Client({
      ...settings(),
      credentials: {
        accessKeyId: Credentials!.AccessKeyId!,
        secretAccessKey: Credentials!.SecretAccessKey!,
        sessionToken: Credentials!.SessionToken,
      },
    }).send(new DescribeVpcsCommand({}));
    expect((await lastCalls())[0].account).toBe('210987654321');
  });

  it('refuses faults that make no sense, and pages of other sites', async () => {
    const post = (headers: Record<string, string>, body: string) =>
      fetch(`${sandbox.awsUrl}/_slipway/faults`, {
        method: 'POST',
        headers,
        body,
      });
    const json = { 'content-type': 'application/json' };
    expect((await post(json, '{"effect":{"kind":"flood"}}')).status).toBe(400);
    expect((await post(json, '{')).status).toBe(400);
    const good = '{"effect":{"kind":"throttle"}}';
    expect((await post({ 'content-type': 'text/plain' }, good)).status).toBe(
      403,
    );
    const throttle = { effect: { kind: 'throttle' } };
    for (const fault of [
      { ...throttle, durationMs: 1e308 },
      { ...throttle, times: 1e308 },
      { ...throttle, probability: -1 },
      { ...throttle, match: { operation: '*a'.repeat(1_000) } },
      { effect: { kind: 'dark' }, match: { region: '' } },
      { effect: { kind: 'dark' }, match: { region: 'us-east-1<b>' } },
    ]) {
      const { status } = await post(json, JSON.stringify(fault));
      expect([fault, status]).toEqual([fault, 400]);
    }
    expect(await control('GET', 'faults')).toEqual([]);
  });

  it('leads to no address of the emulator that is not for steering, and outlives strange signatures', async () => {
    const raw = (method: string, address: string, authorization = '') =>
      new Promise<number | undefined>((resolve, reject) => {
        const { hostname, port } = new URL(sandbox.awsUrl!);
        http
          .request(
            {
              hostname,
              port,
              method,
              path: address,
              headers: { 'content-type': 'application/json', authorization },
            },
            answer => {
              answer.resume();
              resolve(answer.statusCode);
            },
          )
          .on('error', reject)
          .end(method === 'POST' ? '{}' : undefined);
      });
    for (const address of ['../../_ministack/reset', '//_ministack/reset']) {
      expect(await raw('POST', `/_slipway/emulator/${address}`)).toBe(404);
    }
    for (const service of ['constructor', '__proto__', 'toString']) {
      const scope = `AKIA/20260101/us-east-1/${service}/aws4_request`;
      const signature = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=x`;
      expect(await raw('GET', '/', signature)).toBeGreaterThanOrEqual(200);
    }
  }, 60_000);
});
