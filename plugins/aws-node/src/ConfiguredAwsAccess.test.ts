import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { JsonObject } from '@backstage/types';
import { ConfiguredAwsAccess } from './ConfiguredAwsAccess';
import { awsAccessServiceRef } from './service';
import { stagingBucketOf } from './targets';

const laptop = {
  accountId: '123456789012',
  name: 'sandbox',
  regions: ['us-east-1', 'us-west-2'],
};
const keys = {
  accountId: '123456789012',
  accessKeyId: 'test',
  secretAccessKey: 'test',
};

function access(aws: JsonObject) {
  return ConfiguredAwsAccess.fromConfig(
    mockServices.rootConfig({ data: { aws } }),
  );
}

describe('ConfiguredAwsAccess', () => {
  it('gives clients what they need for an account and region', async () => {
    const config = await access({
      targets: [laptop],
      accounts: [keys],
      endpoint: 'http://127.0.0.1:4566',
    }).clientConfig({ accountId: '123456789012', region: 'us-west-2' });

    expect(config).toMatchObject({
      region: 'us-west-2',
      endpoint: 'http://127.0.0.1:4566',
      maxAttempts: 3,
      customUserAgent: expect.stringMatching(/^slipway\/\d/),
    });
    await expect(config.credentials()).resolves.toMatchObject({
      accessKeyId: 'test',
      secretAccessKey: 'test',
    });
  });

  it('leaves the endpoint to AWS where none is configured', async () => {
    const config = await access({
      targets: [laptop],
      accounts: [keys],
    }).clientConfig({ accountId: '123456789012', region: 'us-east-1' });
    expect(config).not.toHaveProperty('endpoint');
  });

  it('lists targets, and tells a staging bucket for each region', () => {
    const aws = access({
      targets: [
        laptop,
        {
          accountId: '000000000002',
          name: 'production',
          regions: ['eu-central-1'],
          sizes: ['prod'],
          stagingBucket: 'acme-{region}-templates',
          quotas: { environments: 12, monthlyUsd: 5000 },
        },
      ],
    });
    const [sandbox, production] = aws.targets();
    expect(sandbox.sizes).toEqual([]);
    expect(production.sizes).toEqual(['prod']);
    expect(sandbox.quotas).toBeUndefined();
    expect(production.quotas).toEqual({
      environments: 12,
      monthlyUsd: '5000',
    });
    expect(stagingBucketOf(sandbox, 'us-west-2')).toBe(
      'slipway-staging-123456789012-us-west-2',
    );
    expect(stagingBucketOf(production, 'eu-central-1')).toBe(
      'acme-eu-central-1-templates',
    );
  });

  it('refuses accounts and regions that are not configured, naming those that are', async () => {
    const aws = access({ targets: [laptop], accounts: [keys] });
    expect(() => aws.target('999999999999')).toThrow(
      'AWS account 999999999999 is not among aws.targets. Known are 123456789012 (sandbox).',
    );
    await expect(
      aws.clientConfig({ accountId: '123456789012', region: 'eu-west-1' }),
    ).rejects.toThrow(/Region eu-west-1 .* us-east-1, us-west-2/);
    expect(() => access({}).target('123456789012')).toThrow(
      /None is configured/,
    );
  });

  it.each<[string, JsonObject, RegExp]>([
    [
      'a short id',
      { targets: [{ ...laptop, accountId: '42' }] },
      /aws\.targets\[0\]\.accountId/,
    ],
    [
      'no region',
      { targets: [{ ...laptop, regions: [] }] },
      /aws\.targets\[0\]\.regions is empty/,
    ],
    [
      'a zone for a region',
      { targets: [{ ...laptop, regions: ['us-east-1a'] }] },
      /"us-east-1a"/,
    ],
    [
      'no name',
      { targets: [{ accountId: '123456789012', regions: ['us-east-1'] }] },
      /aws\.targets\[0\]\.name/,
    ],
    [
      'an account twice',
      { targets: [laptop, laptop] },
      /aws\.targets\[1\]\.accountId/,
    ],
    [
      'a bad bucket',
      { targets: [{ ...laptop, stagingBucket: 'Templates_{region}' }] },
      /stagingBucket makes "Templates_us-east-1"/,
    ],
    [
      'a quota of none',
      { targets: [{ ...laptop, quotas: { environments: 0 } }] },
      /aws\.targets\[0\]\.quotas\.environments is 0/,
    ],
    [
      'a quota that is no money',
      { targets: [{ ...laptop, quotas: { monthlyUsd: '1e3' } }] },
      /aws\.targets\[0\]\.quotas\.monthlyUsd is "1e3"/,
    ],
    ['a bad endpoint', { endpoint: 'localhost:4566' }, /aws\.endpoint/],
  ])('refuses %s by its key', (_, aws, message) => {
    expect(() => access(aws)).toThrow(message);
  });

  it('is there for every plugin as a service', async () => {
    let accounts: string[] = [];
    const backend = await startTestBackend({
      features: [
        mockServices.rootConfig.factory({
          data: { aws: { targets: [laptop] } },
        }),
        createBackendPlugin({
          pluginId: 'test',
          register(env) {
            env.registerInit({
              deps: { aws: awsAccessServiceRef },
              async init({ aws }) {
                accounts = aws.targets().map(target => target.accountId);
              },
            });
          },
        }),
      ],
    });
    await backend.stop();
    expect(accounts).toEqual(['123456789012']);
  });
});

describe('requests to AWS', () => {
  let server: Server;
  let requests: IncomingMessage[];
  let answer: string | undefined;
  let endpoint: string;

  beforeEach(async () => {
    requests = [];
    answer = undefined;
    server = createServer((request, response) => {
      requests.push(request);
      if (answer) {
        response.end(answer);
      }
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', () => resolve());
    });
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(resolve => {
      server.close(resolve);
    });
  });

  it('carry the portal as user agent and are signed for the region', async () => {
    answer =
      '<GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>';
    const aws = access({ targets: [laptop], accounts: [keys], endpoint });
    const client = new STSClient(
      await aws.clientConfig({
        accountId: '123456789012',
        region: 'us-west-2',
      }),
    );
    await expect(
      client.send(new GetCallerIdentityCommand({})),
    ).resolves.toMatchObject({ Account: '123456789012' });
    expect(requests[0].headers['user-agent']).toContain('slipway/');
    expect(requests[0].headers.authorization).toContain('/us-west-2/sts/');
  });

  it('go on when another client is done and destroyed', async () => {
    const aws = access({ targets: [laptop], accounts: [keys], endpoint });
    const config = await aws.clientConfig({
      accountId: '123456789012',
      region: 'us-east-1',
    });
    const held: ServerResponse[] = [];
    server.on('request', (_request, response) => held.push(response));
    const asked = new STSClient({ ...config, maxAttempts: 1 }).send(
      new GetCallerIdentityCommand({}),
    );
    while (held.length === 0) {
      await new Promise(resolve => setTimeout(resolve, 5));
    }
    new STSClient(config).destroy();
    held[0].end(
      '<GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
    );
    await expect(asked).resolves.toMatchObject({ Account: '123456789012' });
  });
});
