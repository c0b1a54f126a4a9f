import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import {
  environmentRequest,
  MAYA,
  SAM,
  TOM,
  type Portal,
} from '../__testUtils__/portal';
import { usePortal } from '../__testUtils__/usePortal';

jest.setTimeout(60_000);

function post(portal: Portal, body: unknown, key = 'key') {
  return portal
    .as(MAYA)
    .post('/environments', body)
    .set('Idempotency-Key', key);
}

describe('requests', () => {
  const context = usePortal({
    cidrPools: ['10.0.0.0/11', '172.20.0.0/15'],
    reservedCidrs: [{ cidr: '10.2.0.0/16', title: 'the office network' }],
  });

  it('says of every field at once what is wrong and how to mend it', async () => {
    const { portal } = context;
    const response = await post(
      portal,
      environmentRequest({
        blueprint: { id: 'shop-platform', version: '9.9.9' },
        name: 'Shop Dev',
        owner: 'group:default/nobody',
        system: 'system:default/nothing',
        accountId: '210987654321',
        region: 'us-west-2',
        size: 'prod',
        cidr: '10.0.1.0/16',
        engine: 'terraform',
      }),
    ).expect(400);
    expect(response.body.error.issues).toEqual([
      {
        path: 'blueprint.version',
        message:
          'Blueprint shop-platform has no version 9.9.9. Choose one of 1.0.0.',
        suggestion: '1.0.0',
      },
      {
        path: 'name',
        message:
          'A name begins with a lower-case letter and goes on with lower-case letters, digits and single hyphens.',
        suggestion: 'shop-dev',
      },
      {
        path: 'cidr',
        message:
          '10.0.1.0 is an address inside the block; a /16 begins at 10.0.0.0. Use 10.0.0.0/16.',
        suggestion: '10.0.0.0/16',
      },
      {
        path: 'owner',
        message:
          'The catalog has no group:default/nobody. Choose a group that is in the catalog.',
      },
      {
        path: 'system',
        message:
          'The catalog has no system:default/nothing. Choose a system that is in the catalog.',
      },
      {
        path: 'engine',
        message: 'Engine terraform cannot be used now: no module brings it.',
      },
      {
        path: 'region',
        message:
          'Account small things is not used in region "us-west-2". Choose one of us-east-1.',
        suggestion: 'us-east-1',
      },
      {
        path: 'size',
        message:
          'Size "prod" is not allowed in account small things. Choose dev, or another account.',
        suggestion: 'dev',
      },
    ]);
    expect((await portal.as(MAYA).get('/environments')).body.total).toBe(0);
  });

  it.each([
    [
      { parameters: { nodeMin: 21 } },
      'parameters.nodeMin',
      'Choose 1 to 20 nodes.',
    ],
    [
      { parameters: { nodeMin: 'many' } },
      'parameters.nodeMin',
      'Choose 1 to 20 nodes.',
    ],
    [
      { parameters: { nodeMin: 9 } },
      'parameters.nodeMin',
      'The least cannot be more than the most.',
    ],
    [
      { parameters: { nope: 1 } },
      'parameters.nope',
      'Shop platform 1.0.0 has no parameter "nope". Leave it out.',
    ],
    [
      { cidr: '10.2.0.0/16' },
      'cidr',
      '10.2.0.0/16 overlaps 10.2.0.0/16, which is kept for the office network.',
    ],
    [
      { cidr: '11.0.0.0/16' },
      'cidr',
      '11.0.0.0/16 is not private address space (RFC 1918). Choose a block within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16.',
    ],
    [
      { name: 'shop-cache' },
      'name',
      'The catalog has another Resource "shop-cache" already. Choose another name.',
    ],
    [
      { accountId: '000000000000' },
      'accountId',
      'Account 000000000000 is not one that this portal may work in. Choose one of 123456789012 (sandbox), 210987654321 (small things).',
    ],
    [
      { blueprint: { id: 'x', version: '1' } },
      'blueprint.id',
      'There is no blueprint x. Choose one of shop-platform.',
    ],
  ])('refuses %j', async (overrides, path, message) => {
    const response = await post(
      context.portal,
      environmentRequest(overrides),
    ).expect(400);
    const issue = response.body.error.issues.find(
      (each: { path: string }) => each.path === path,
    );
    expect(issue.message).toBe(message);
  });

  it('says why an engine cannot be used', async () => {
    const { portal, world } = context;
    world.isAvailable = false;
    const { body } = await portal
      .as(MAYA)
      .post('/environment-checks', { engine: 'cdk' })
      .expect(200);
    world.isAvailable = true;
    expect(body.issues).toEqual([
      {
        path: 'engine',
        message: 'Engine cdk cannot be used now: its worker does not start.',
      },
    ]);
  });

  it('answers the same idempotency key with the same environment, once', async () => {
    const { portal } = context;
    const body = environmentRequest({ name: 'once', cidr: '10.10.0.0/16' });
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => post(portal, body, 'once')),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(201));
    expect(new Set(answers.map(each => each.body.environment.id)).size).toBe(1);
    expect(new Set(answers.map(each => each.body.runId)).size).toBe(1);
    const { total } = (await portal.as(MAYA).get('/environments?search=once'))
      .body;
    expect(total).toBe(1);

    const other = await post(portal, { ...body, name: 'twice' }, 'once');
    expect(other.status).toBe(409);
    expect(other.body.error.message).toContain('used for another request');
    const without = await portal.as(MAYA).post('/environments', body);
    expect(without.status).toBe(400);
  });

  it('never gives two environments overlapping addresses or one name', async () => {
    const { portal } = context;
    const asked = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const name = `crowd-${index}`;
        const { cidr } = (
          await portal.as(MAYA).post('/cidr-proposals', {
            accountId: '123456789012',
            region: 'us-east-1',
            prefixLength: 16,
          })
        ).body;
        return post(portal, environmentRequest({ name, cidr }), name);
      }),
    );
    const won = asked.filter(({ status }) => status === 201);
    const lost = asked.filter(({ status }) => status !== 201);
    expect(won.length).toBeGreaterThan(0);
    for (const { status, body } of lost) {
      expect(status).toBe(400);
      expect(body.error.issues[0]).toMatchObject({
        path: 'cidr',
        message: expect.stringContaining('held by crowd-'),
      });
    }
    for (const [index, { body }] of lost.entries()) {
      let { suggestion } = body.error.issues[0];
      for (let attempt = 1; suggestion; attempt += 1) {
        expect(attempt).toBeLessThan(4);
        expect(suggestion).not.toBe('10.2.0.0/16');
        const again = await post(
          portal,
          environmentRequest({ name: `retry-${index}`, cidr: suggestion }),
          `retry-${index}-${attempt}`,
        );
        suggestion = again.body.error?.issues[0].suggestion;
      }
    }
    expect(
      (await portal.as(MAYA).get('/environments?search=retry-')).body.total,
    ).toBe(lost.length);
    const { items } = (await portal.as(MAYA).get('/environments?limit=200'))
      .body;
    const blocks = items.map(({ cidr }: { cidr: string }) => cidr);
    expect(new Set(blocks).size).toBe(blocks.length);

    const sameName = await Promise.all(
      ['10.40.0.0/20', '10.40.16.0/20', '10.40.32.0/20'].map(cidr =>
        post(portal, environmentRequest({ name: 'the-one', cidr }), cidr),
      ),
    );
    expect(sameName.map(({ status }) => status).sort()).toEqual([
      201, 400, 400,
    ]);
  });

  it('pages through the list without loss', async () => {
    const { portal } = context;
    const maya = portal.as(MAYA);
    const all = (await maya.get('/environments?limit=200')).body;
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = (
        await maya
          .get(`/environments?limit=3${cursor ? `&cursor=${cursor}` : ''}`)
          .expect(200)
      ).body;
      expect(page.total).toBe(all.total);
      seen.push(...page.items.map(({ id }: { id: string }) => id));
      cursor = page.nextCursor;
    } while (cursor);
    expect((await maya.get('/environments?search=&owner=')).body.total).toBe(
      all.total,
    );
    expect(seen).toEqual(all.items.map(({ id }: { id: string }) => id));
    expect(
      (await maya.get('/environments?status=ready&status=failed')).body.total,
    ).toBe(0);
  });
});

describe('an account with quotas', () => {
  const context = usePortal(undefined, {
    estimator: {
      estimate: async () => ({
        pricesOf: '2026-11-01',
        region: 'us-east-1',
        monthlyBeforeUsd: '0',
        monthlyUsd: '1000.00',
        lines: [],
        unpriced: [],
        assumptions: [],
      }),
    },
  });
  const small = (part: object) =>
    environmentRequest({ accountId: '210987654321', ...part });
  const issuesOf = async (part: object, person = MAYA) =>
    (
      await context.portal
        .as(person)
        .post('/environment-checks', small(part))
        .expect(200)
    ).body.issues as Array<{ path: string; message: string }>;

  it('takes so many environments in all and of each owner, also of requests at once', async () => {
    const { portal } = context;
    const asked = await Promise.all(
      [1, 2, 3].map(number =>
        post(
          portal,
          small({ name: `one-${number}`, cidr: `10.${number}.0.0/16` }),
          `key-${number}`,
        ),
      ),
    );
    expect(asked.map(({ status }) => status).sort()).toEqual([201, 201, 400]);
    const third = { name: 'third', cidr: '10.8.0.0/16' };
    expect(await issuesOf(third)).toEqual([
      {
        path: 'owner',
        message:
          'Each owner has 2 environments at most in account small things, and group:default/storefront has 2. Destroy one of them, or choose another account.',
      },
    ]);
    const ofTom = { owner: 'group:default/payments' };
    await portal
      .as(TOM)
      .post('/environments', small({ ...third, ...ofTom }))
      .set('Idempotency-Key', 'of-tom')
      .expect(201);
    expect(
      await issuesOf({ name: 'fourth', cidr: '10.9.0.0/16', ...ofTom }, TOM),
    ).toEqual([
      {
        path: 'accountId',
        message:
          'Account small things takes 3 environments at most and has 3. Destroy one there, or choose another account.',
      },
    ]);
    const elsewhere = environmentRequest({
      name: 'elsewhere',
      cidr: '10.9.0.0/16',
    });
    await post(portal, elsewhere, 'elsewhere').expect(201);
  });

  it('has room again once one is gone, unless those that are left cost too much', async () => {
    const { portal } = context;
    const { items } = (await portal.as(SAM).get('/environments')).body as {
      items: Environment[];
    };
    const [mine] = items.filter(
      ({ accountId, owner }) =>
        accountId === '210987654321' && owner === 'group:default/storefront',
    );
    await portal
      .as(MAYA)
      .post(`/runs/${mine.activeRun!.runId}/commands`, { type: 'cancel' })
      .expect(200);
    await portal.runIs(mine.activeRun!.runId, 'cancelled');
    const next = { name: 'next', cidr: '10.10.0.0/16' };
    expect(await issuesOf(next)).toEqual([]);
    const left = items.find(
      ({ accountId, id }) => accountId === '210987654321' && id !== mine.id,
    )!;
    await portal.confirm(left.activeRun!.runId, left.createdBy);
    await portal.runIs(left.activeRun!.runId, 'succeeded');
    expect(await issuesOf(next)).toEqual([
      {
        path: 'accountId',
        message:
          'The environments of account small things cost $1000.00 a month by their estimates; no new one is made there from $1000 on. Make one smaller or destroy one, or choose another account.',
      },
    ]);
  });
});
