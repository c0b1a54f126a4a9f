import {
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  awsAccessServiceRef,
  ConfiguredAwsAccess,
} from '@slipway/plugin-aws-node';
import type {
  Account,
  AccountCheck,
  AccountList,
  Target,
} from '@slipway/plugin-infra-scaffolder-common';
import { infraEnginesExtensionPoint } from '@slipway/plugin-infra-scaffolder-node';
import {
  ACCOUNT,
  addresses,
  costTags,
  everythingThere,
  identityOf,
  quotas,
  regionsWith,
} from '../__testUtils__/accountAnswers';
import { FakeAws, refused } from '../__testUtils__/FakeAws';
import { fakeEngine, FakeWorld } from '../__testUtils__/FakeEngine';
import { MAYA, SAM, startPortal, type Portal } from '../__testUtils__/portal';

jest.setTimeout(60_000);

const terraformModule = createBackendModule({
  pluginId: 'infra-scaffolder',
  moduleId: 'terraform',
  register(env) {
    env.registerInit({
      deps: { engines: infraEnginesExtensionPoint },
      async init({ engines }) {
        engines.addEngine({ ...fakeEngine(new FakeWorld()), id: 'terraform' });
      },
    });
  },
});

describe('accounts', () => {
  let aws: FakeAws;
  let portal: Portal;
  const world = new FakeWorld();
  afterAll(async () => {
    world.open();
    await portal?.stop();
    await aws?.stop();
  });
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

  beforeAll(async () => {
    aws = await FakeAws.start();
    const access = ConfiguredAwsAccess.fromConfig(
      new ConfigReader({
        aws: {
          endpoint: aws.url,
          accounts: [
            { accountId: ACCOUNT, accessKeyId: 'k', secretAccessKey: 's' },
          ],
          targets: [
            {
              accountId: ACCOUNT,
              name: 'sandbox',
              regions: ['us-east-1', 'af-south-1'],
              sizes: ['dev', 'prod'],
              quotas: {
                environments: 1,
                environmentsPerOwner: 1,
                monthlyUsd: 1000,
              },
            },
          ],
        },
      }),
    );
    portal = await startPortal({
      knex: await databases.init('POSTGRES_18'),
      world,
      config: { terraform: { lockTable: 'terraform-locks' } },
      features: [terraformModule],
      aws: createServiceFactory({
        service: awsAccessServiceRef,
        deps: {},
        factory: () => access,
      }),
    });
  }, 60_000);
  beforeEach(() => everythingThere(aws));

  const list = async (person = MAYA): Promise<AccountList> =>
    (await portal.as(person).get('/accounts').expect(200)).body;

  async function checks(region = 'us-east-1'): Promise<AccountCheck[]> {
    const account: Account = (
      await portal.as(SAM).post(`/accounts/${ACCOUNT}/checks`).expect(200)
    ).body;
    return account.regions.find(each => each.region === region)!.checks;
  }

  async function check(id: string, region?: string): Promise<AccountCheck> {
    return (await checks(region)).find(each => each.id === id)!;
  }

  it('are seen by all, and checked by who looks after them, which the audit log tells', async () => {
    const before = await list();
    expect(before.mayCheck).toBe(false);
    expect(before.items).toEqual([
      {
        accountId: ACCOUNT,
        name: 'sandbox',
        sizes: ['dev', 'prod'],
        quotas: {
          environments: { used: 0, most: 1 },
          environmentsPerOwner: 1,
          monthlyUsd: { used: '0.00', most: '1000' },
        },
        regions: [
          { region: 'us-east-1', checks: [] },
          { region: 'af-south-1', checks: [] },
        ],
      },
    ]);
    await portal.as(MAYA).post(`/accounts/${ACCOUNT}/checks`).expect(403);
    await portal.as(SAM).post('/accounts/999999999999/checks').expect(404);
    expect(aws.calls).toEqual([]);
    const found = await checks();
    expect(portal.audited).toEqual([
      { eventId: 'account-check', outcome: 'failed' },
      { eventId: 'account-check', outcome: 'failed' },
      { eventId: 'account-check', outcome: 'succeeded' },
    ]);
    const states = Object.fromEntries(
      found.map(({ id, state }) => [id, state]),
    );
    expect(states).toEqual({
      identity: 'passed',
      region: 'passed',
      cloudformation: 'passed',
      'staging-bucket': 'passed',
      'terraform-state': 'passed',
      'terraform-lock': 'passed',
      tagging: 'passed',
      cloudtrail: 'passed',
      vpcs: 'passed',
      addresses: 'passed',
      clusters: 'passed',
      databases: 'passed',
      'cost-tags': 'passed',
    });
    const after = await list(SAM);
    expect(after.mayCheck).toBe(true);
    expect(after.items[0].regions[0]).toEqual({
      region: 'us-east-1',
      checkedAt: expect.any(String),
      checks: found,
    });
  });

  it('name the right that is missing, and keep apart what cannot be seen', async () => {
    delete aws.answers['cloudtrail:LookupEvents'];
    delete aws.answers['cloudformation:DescribeStacks'];
    delete aws.answers['tagging:GetResources'];
    delete aws.answers['s3:HEAD'];
    delete aws.answers['ec2:DescribeAddresses'];
    delete aws.answers['ec2:DescribeRegions'];
    const found = await checks();
    const of = (id: string) => found.find(each => each.id === id)!;
    for (const [id, action] of [
      ['cloudtrail', 'cloudtrail:LookupEvents'],
      ['cloudformation', 'cloudformation:DescribeStacks'],
      ['tagging', 'tag:GetResources'],
      ['staging-bucket', 's3:ListBucket'],
    ]) {
      expect(of(id)).toMatchObject({ state: 'failed' });
      expect(of(id).mend).toContain(`Allow ${action}`);
    }
    expect(of('addresses')).toMatchObject({
      state: 'unknown',
      mend: expect.stringContaining('ec2:DescribeAddresses'),
    });
    expect(of('region').state).toBe('unknown');
  });

  it('are not looked into with the credentials of another account', async () => {
    aws.answers['sts:GetCallerIdentity'] = identityOf('999999999999');
    aws.calls.length = 0;
    const [identity, ...others] = await checks();
    expect(identity).toMatchObject({
      state: 'failed',
      found: expect.stringContaining('are of account 999999999999'),
    });
    expect(new Set(others.map(({ state }) => state))).toEqual(
      new Set(['unknown']),
    );
    expect(new Set(aws.calls.map(({ call }) => call))).toEqual(
      new Set(['sts:GetCallerIdentity']),
    );
  });

  it('say that a region is not enabled, asking where the partition always answers', async () => {
    aws.answers['ec2:DescribeRegions'] = regionsWith('not-opted-in');
    aws.calls.length = 0;
    expect(await check('region', 'af-south-1')).toMatchObject({
      state: 'failed',
      command: 'aws account enable-region --region-name af-south-1',
    });
    expect(
      aws.calls
        .filter(({ call }) => /Regions|Identity/.test(call))
        .map(({ region }) => region),
    ).toEqual(Array(4).fill('us-east-1'));
  });

  it('say what room is left, for the largest environment and the smallest', async () => {
    expect((await check('vpcs')).found).toBe(
      '2 of 5 VPCs are taken in us-east-1. There is room for 3 more environments.',
    );
    aws.answers['ec2:DescribeAddresses'] = addresses(3);
    expect(await check('addresses')).toMatchObject({
      state: 'warning',
      found:
        '3 of 5 Elastic IPs are taken in us-east-1. 2 is too few for Shop platform in size prod, which takes 3; smaller ones fit.',
      command:
        'aws service-quotas request-service-quota-increase --region us-east-1 --service-code ec2 --quota-code L-0263D0A3 --desired-value 8',
    });
    aws.answers['ec2:DescribeAddresses'] = addresses(5);
    expect(await check('addresses')).toMatchObject({
      state: 'failed',
      found: expect.stringContaining('the smallest takes 1'),
    });
  });

  it('go by the default where nobody asked AWS for more, and tell the count where AWS tells no quota', async () => {
    aws.answers['servicequotas:GetServiceQuota'] = refused(
      400,
      'NoSuchResourceException',
      'No such quota',
    );
    aws.answers['servicequotas:GetAWSDefaultServiceQuota'] = quotas(2);
    expect(await check('vpcs')).toMatchObject({
      state: 'failed',
      found: expect.stringContaining('2 of 2 VPCs'),
    });
    delete aws.answers['servicequotas:GetServiceQuota'];
    expect(await check('vpcs')).toMatchObject({
      state: 'unknown',
      found: expect.stringContaining('us-east-1 has 2 VPCs'),
      mend: expect.stringContaining('Allow servicequotas:GetServiceQuota'),
      command: expect.stringContaining('--quota-code L-F678F1CE'),
    });
  });

  it('say by which tags costs cannot be told apart, and how they can', async () => {
    aws.answers['ce:ListCostAllocationTags'] = costTags('Inactive', ['owner']);
    expect(await check('cost-tags')).toMatchObject({
      state: 'warning',
      command:
        'aws ce update-cost-allocation-tags-status --cost-allocation-tags-status TagKey=slipway:owner,Status=Active',
    });
    aws.answers['ce:ListCostAllocationTags'] = costTags('Active', ['owner']);
    expect(await check('cost-tags')).toMatchObject({
      state: 'warning',
      found: expect.stringContaining('AWS has not seen slipway:environment'),
    });
    delete aws.answers['ce:ListCostAllocationTags'];
    expect(await check('cost-tags')).toMatchObject({
      state: 'unknown',
      mend: expect.stringContaining('look in the management account'),
    });
  });

  it('say of a bucket that is not there that the portal makes it', async () => {
    aws.answers['s3:HEAD'] = { status: 404 };
    expect(await check('staging-bucket', 'af-south-1')).toMatchObject({
      state: 'unknown',
      command: expect.stringContaining('LocationConstraint=af-south-1'),
    });
  });

  it('say what is wrong with the table of Terraform’s locks', async () => {
    aws.answers['dynamodb:DescribeTable'] = {
      body: '{"Table":{"KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]}}',
    };
    expect(await check('terraform-lock')).toMatchObject({
      state: 'failed',
      found: expect.stringContaining('has the key id'),
    });
    aws.answers['dynamodb:DescribeTable'] = refused(
      400,
      'ResourceNotFoundException',
      'Requested resource not found',
    );
    expect(await check('terraform-lock')).toMatchObject({
      state: 'unknown',
      command: expect.stringContaining('AttributeName=LockID,KeyType=HASH'),
    });
  });

  it('are asked once by all who ask at once, and hourly', async () => {
    aws.calls.length = 0;
    await Promise.all([checks(), checks(), checks()]);
    const identities = () =>
      aws.calls.filter(({ call }) => call === 'sts:GetCallerIdentity').length;
    expect(identities()).toBe(2);
    const before = (await list()).items[0].regions[0].checkedAt!;
    await portal.trigger('account-checks');
    const after = (await list()).items[0].regions[0].checkedAt!;
    expect(after > before).toBe(true);
    expect(identities()).toBe(4);
  });

  it('say why they take nothing more, to the form too', async () => {
    await portal.ready({ accountId: ACCOUNT });
    const [account] = (await list()).items;
    expect(account.quotas.environments).toEqual({ used: 1, most: 1 });
    expect(account.whyNot).toMatch(/takes 1 environments at most and has 1/);
    const targets: Target[] = (await portal.as(MAYA).get('/targets')).body
      .items;
    expect(targets[0]).toMatchObject({
      quotas: account.quotas,
      whyNot: account.whyNot,
    });
  });
});
