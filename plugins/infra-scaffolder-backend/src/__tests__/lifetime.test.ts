import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { failure, FakeWorld } from '../__testUtils__/FakeEngine';
import {
  DEPENDED_ON,
  FIONA,
  MAYA,
  SAM,
  startPortal,
  TOM,
  type Portal,
} from '../__testUtils__/portal';
import { travel } from '../__testUtils__/travel';
import { TABLES } from '../database/tables';

jest.setTimeout(90_000);

const WEEK = 7 * 24;
const HOUR_MS = 3_600_000;
const hoursFrom = (iso: string, hours: number) =>
  new Date(Date.parse(iso) + hours * HOUR_MS).toISOString();

describe('the life of environments', () => {
  const world = new FakeWorld();
  let knex: Knex;
  let portal: Portal;
  let replica: Portal;
  let block = 0;

  afterAll(async () => {
    world.open();
    await Promise.all([portal?.stop(), replica?.stop()]);
  });
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  beforeAll(async () => {
    knex = await databases.init('POSTGRES_18');
    portal = await startPortal({ knex, world });
    replica = await startPortal({ knex, world });
  }, 60_000);

  const next = (name: string, more: object = {}) => {
    block += 1;
    return { name, cidr: `10.${block}.0.0/16`, ...more };
  };
  const look = () => portal.trigger('lifetimes');
  const told = (name: string) =>
    [...portal.notifications, ...replica.notifications]
      .map(({ payload }) => payload.title)
      .filter(title => title.startsWith(`${name} `));
  const activity = async (name: string) =>
    (await portal.as(SAM).get(`/environments/${name}/activity`)).body
      .items as Array<{ action: string; actor: string; message: string }>;
  const runOf = async (name: string) => {
    const { body } = await portal.as(SAM).get(`/environments/${name}/runs`);
    return body.items[0] as { id: string; createdBy: string; title: string };
  };
  /** An environment past its end, of which everybody was warned. */
  const overdue = async (name: string) => {
    const ready = await portal.ready(next(name));
    await travel(knex, ready.id, WEEK - 0.5);
    await look();
    await travel(knex, ready.id, 2);
    return ready;
  };

  it('is as long as its stage says, and the plan of its creation has the words that one agrees to', async () => {
    expect((await portal.as(MAYA).get('/lifetimes')).body.sizes.dev).toEqual({
      defaultDays: 7,
      maxDays: 30,
    });
    const { environment, runId } = await portal.create(next('by-default'));
    const { expiresAt, expiry, createdAt } = environment;
    expect(expiresAt).toBe(hoursFrom(createdAt, WEEK));
    expect(expiry!.consent).toMatchObject({
      by: MAYA,
      words: expect.stringMatching(
        /^by-default is destroyed on \d+ \w+ \d{4} at .* UTC unless you extend it\. All data in it are deleted\.$/,
      ),
    });
    await portal.runIs(runId, 'waiting');
    const { plan } = (await portal.as(MAYA).get(`/runs/${runId}/plan`)).body;
    expect(plan.warnings).toContain(expiry!.consent.words);

    const prod = await portal.create(next('endless', { size: 'prod' }));
    expect(prod.environment.expiresAt).toBeUndefined();
  });

  it.each([
    [
      'too-late',
      { expiresAt: '2126-01-01T00:00:00Z' },
      'more than 30 days away',
    ],
    [
      'too-soon',
      { expiresAt: '2026-01-01T00:00:00Z' },
      'less than one day away',
    ],
    [
      'never',
      { size: 'prod', expiresAt: '2126-01-01T00:00:00Z' },
      'leave the end out',
    ],
    ['what', { expiresAt: '2026-12-02' }, 'Write a time in UTC'],
  ])('refuses an end that is %s', async (name, more, message) => {
    const body = {
      ...next(name, more),
      blueprint: { id: 'shop-platform', version: '1.0.0' },
      owner: 'group:default/storefront',
      system: 'system:default/shop',
      accountId: '123456789012',
      region: 'us-east-1',
      size: 'dev',
      engine: 'cdk',
      parameters: {},
      ...more,
    };
    const { body: answer } = await portal
      .as(MAYA)
      .post('/environments', body)
      .set('Idempotency-Key', name)
      .expect(400);
    expect(answer.error.issues[0]).toMatchObject({
      path: 'expiresAt',
      message: expect.stringContaining(message),
    });
  });

  it('has three warnings, each once though two back ends look, and ends by the same run on that consent', async () => {
    const ready = await portal.ready(next('short-lived'));
    const both = () => Promise.all([look(), replica.trigger('lifetimes')]);
    await both();
    expect(told('short-lived')).toEqual([]);
    const titles: string[] = [];
    for (const [hours, title] of [
      [WEEK - 71, 'short-lived is destroyed in three days'],
      [48, 'short-lived is destroyed in a day'],
      [22.5, 'short-lived is destroyed within the hour'],
    ] as const) {
      await travel(knex, ready.id, hours);
      await both();
      await both();
      titles.push(title);
      expect(told('short-lived').sort()).toEqual([...titles].sort());
    }
    expect(portal.notifications.concat(replica.notifications)).toContainEqual(
      expect.objectContaining({
        recipients: expect.objectContaining({
          entityRef: ['group:default/storefront', MAYA],
        }),
        payload: expect.objectContaining({ link: '/environments/short-lived' }),
      }),
    );
    expect(world.stacks.has('short-lived')).toBe(true);

    await travel(knex, ready.id, 0.6);
    await both();
    expect((await portal.environment(ready.id)).activeRun).toBeUndefined();
    await travel(knex, ready.id, 0.5);
    await both();
    const run = await runOf('short-lived');
    expect(run).toMatchObject({
      createdBy: 'portal:expiry',
      title: 'Destroy short-lived at its end',
    });
    await portal.runIs(run.id, 'succeeded');
    expect(world.stacks.has('short-lived')).toBe(false);
    expect((await portal.environment(ready.id)).status).toBe('destroyed');
    expect([...portal.audited, ...replica.audited]).toContainEqual({
      eventId: 'environment-expire',
      outcome: 'succeeded',
    });
    expect(await activity('short-lived')).toContainEqual(
      expect.objectContaining({
        action: 'plan.confirmed',
        actor: 'portal:expiry',
        message: expect.stringContaining(`what ${MAYA} agreed to`),
      }),
    );
    const { receipt } = (
      await portal.as(MAYA).get('/environments/short-lived/receipt')
    ).body;
    expect(receipt).toMatchObject({
      requestedBy: 'portal:expiry',
      confirmedBy: 'portal:expiry',
      consent: { by: MAYA },
    });
  });

  it('is not ended by a portal that slept through it before somebody was warned for an hour', async () => {
    const ready = await portal.ready(next('overslept'));
    await travel(knex, ready.id, WEEK + 100);
    await look();
    await look();
    expect(told('overslept')).toEqual([
      'overslept is destroyed within the hour',
    ]);
    expect((await portal.environment(ready.id)).activeRun).toBeUndefined();
    await travel(knex, ready.id, 1);
    await look();
    await portal.runIs((await runOf('overslept')).id, 'succeeded');
  });

  it('is extended by one click to what its stage allows, by who may change it, and is warned of anew', async () => {
    const ready = await portal.ready(next('extended'));
    await travel(knex, ready.id, WEEK - 0.5);
    await look();
    const path = `/environments/${ready.id}/extend`;
    await portal.as(TOM).post(path).expect(404);
    await portal.as(FIONA).post(path).expect(403);
    const { body } = await portal.as(MAYA).post(path).expect(200);
    const days = (Date.parse(body.expiresAt) - Date.now()) / (24 * HOUR_MS);
    expect(days).toBeGreaterThan(29.9);
    expect(days).toBeLessThanOrEqual(30);
    expect(body.expiry.consent.words).toContain('extended is destroyed on');
    expect(portal.audited).toContainEqual({
      eventId: 'environment-extend',
      outcome: 'succeeded',
    });
    expect((await activity('extended'))[0].action).toBe('environment.extended');
    await look();
    expect(told('extended')).toHaveLength(1);
    await travel(knex, ready.id, 30 * 24 - 50);
    await look();
    expect(told('extended')).toHaveLength(2);

    const endless = await portal.ready(next('no-end', { size: 'prod' }));
    await portal
      .as(MAYA)
      .post(`/environments/${endless.id}/extend`)
      .expect(409);
  });

  it('goes on when it is extended after its destroy has begun and before anything was changed', async () => {
    const ready = await overdue('in-time');
    world.failNext.plan = failure('AWS does not answer.');
    await look();
    const { id } = await runOf('in-time');
    await portal.runIs(id, 'failed');
    await portal.as(MAYA).post(`/environments/${ready.id}/extend`).expect(200);
    await portal
      .as(MAYA)
      .post(`/runs/${id}/commands`, { type: 'retry', stepId: 'plan' })
      .expect(200);
    const run = await portal.runIs(id, 'failed');
    expect(run.problem?.code).toBe('infra.extended');
    expect(world.stacks.has('in-time')).toBe(true);
    expect((await portal.environment(ready.id)).status).toBe('ready');
  });

  it('ends later where its destroy failed: it is tried again, ever later', async () => {
    const ready = await overdue('stubborn');
    world.failNext.apply = failure('AWS is out of order.');
    await look();
    const { id } = await runOf('stubborn');
    await portal.runIs(id, 'failed');
    const { expiry, status } = await portal.environment(ready.id);
    expect(status).toBe('failed');
    const minutes = (Date.parse(expiry!.retryAt!) - Date.now()) / 60_000;
    expect(minutes).toBeGreaterThan(14);
    expect(minutes).toBeLessThanOrEqual(15);
    await look();
    expect((await runOf('stubborn')).id).toBe(id);
    await travel(knex, ready.id, 1);
    await look();
    const again = await runOf('stubborn');
    expect(again.id).not.toBe(id);
    await portal.runIs(again.id, 'succeeded');
    expect(told('Destroy stubborn')).toEqual([
      'Destroy stubborn at its end: failed',
      'Destroy stubborn at its end: done',
    ]);
  });

  it('is paused by what depends on it, a lease, a freeze and the calendar; that is told once', async () => {
    const ready = await overdue(DEPENDED_ON);
    const heldUpBy = async () => {
      await look();
      const { expiry, activeRun } = await portal.environment(ready.id);
      expect(activeRun).toBeUndefined();
      return expiry!.heldUpBy;
    };
    expect(await heldUpBy()).toBe(
      `Others need ${DEPENDED_ON}: component:default/checkout depends on it, as the catalog says.`,
    );
    const dr = portal.as('plugin:dr-console');
    const leases = `/environments/${ready.id}/leases`;
    const lease = (
      await dr.post(leases, { reason: 'Drill 7', seconds: 60 }).expect(201)
    ).body;
    expect(await heldUpBy()).toContain('Drill 7');
    await dr.delete(`${leases}/${lease.id}`).expect(204);
    const freeze = `/environments/${ready.id}/freeze`;
    await portal.as(SAM).put(freeze, { reason: 'Audit' }).expect(204);
    expect(await heldUpBy()).toContain('frozen by user:default/sam');
    await portal.as(SAM).delete(freeze).expect(204);
    const period = (
      await portal
        .as(SAM)
        .post('/freezes', {
          title: 'Black Friday',
          from: hoursFrom(new Date().toISOString(), -1),
          until: hoursFrom(new Date().toISOString(), 1),
          scope: { sizes: ['dev'] },
        })
        .expect(201)
    ).body;
    expect(await heldUpBy()).toContain('Black Friday');
    await portal.as(SAM).delete(`/freezes/${period.id}`).expect(204);
    expect(
      told(DEPENDED_ON).filter(title => title.includes('held up')),
    ).toHaveLength(1);
    expect(
      (await activity(DEPENDED_ON)).filter(
        ({ action }) => action === 'lifetime.held-up',
      ),
    ).toHaveLength(1);
  });

  it('follows the size: production has no end, and what is no longer production gets one', async () => {
    const { id } = await portal.ready(next('resized'));
    const resize = async (size: string) => {
      const { runId } = (
        await portal.as(MAYA).post(`/environments/${id}/update`, { size })
      ).body;
      await portal.confirm(runId);
      await portal.runIs(runId, 'succeeded');
      const { plan } = (await portal.as(MAYA).get(`/runs/${runId}/plan`)).body;
      return { plan, environment: await portal.environment(id) };
    };
    const grown = await resize('prod');
    expect(grown.plan.warnings).toContain(
      'resized does not end by itself any more.',
    );
    expect(grown.environment.expiresAt).toBeUndefined();
    const shrunk = await resize('dev');
    expect(shrunk.environment).toMatchObject({
      expiresAt: shrunk.plan.expiry.at,
      expiry: { consent: { by: MAYA, words: shrunk.plan.expiry.words } },
    });
  });

  it('cannot be cut short by a request that says it is the portal', async () => {
    const ready = await portal.ready(next('forged'));
    await portal
      .as('portal:expiry')
      .post(`/environments/${ready.id}/destroy`, {
        confirmName: 'forged',
        purpose: { kind: 'expiry', expiresAt: ready.expiresAt },
      })
      .expect(400);
    await portal
      .as('portal:expiry')
      .post(`/environments/${ready.id}/destroy`, { confirmName: 'forged' })
      .expect(403);
    expect((await portal.environment(ready.id)).activeRun).toBeUndefined();
    expect(world.stacks.has('forged')).toBe(true);
    expect(
      await knex(TABLES.destroyReceipts).where('environment_id', ready.id),
    ).toEqual([]);
  });
});
