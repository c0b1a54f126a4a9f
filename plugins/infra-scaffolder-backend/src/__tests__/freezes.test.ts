import { failure } from '../__testUtils__/FakeEngine';
import { ADA, MAYA, SAM } from '../__testUtils__/portal';
import { usePortal } from '../__testUtils__/usePortal';

jest.setTimeout(60_000);

const HOUR_MS = 60 * 60 * 1000;
const EVERYTHING = { accountIds: [], sizes: [], systems: [] };

function inHours(hours: number): string {
  return new Date(Date.now() + hours * HOUR_MS).toISOString();
}

describe('the calendar of change freezes', () => {
  const context = usePortal({
    freezes: [
      {
        title: 'Year end',
        from: '2000-12-20T00:00:00Z',
        until: '2100-01-02T00:00:00Z',
        sizes: ['frozen-size'],
      },
    ],
  });
  const add = async (
    title: string,
    [from, until]: [number, number],
    scope: object = {},
  ) =>
    (
      await context.portal
        .as(SAM)
        .post('/freezes', {
          title,
          from: inHours(from),
          until: inHours(until),
          scope: { ...EVERYTHING, ...scope },
        })
        .expect(201)
    ).body as { id: string; until: string };
  const planned = async (name: string, cidr: string, size = 'dev') => {
    const { portal } = context;
    const created = await portal.create({ name, cidr, size });
    await portal.runIs(created.runId, 'waiting');
    const { plan } = (await portal.as(MAYA).get(`/runs/${created.runId}/plan`))
      .body;
    return { ...created, planHash: plan.hash as string };
  };
  const confirm = (runId: string, planHash: string) =>
    context.portal.as(MAYA).post(`/runs/${runId}/confirm`, { planHash });

  it('keeps what it covers from being applied, names the period and its end, and says so a day before', async () => {
    const { portal } = context;
    const { runId, planHash } = await planned('kept', '10.1.0.0/16', 'prod');
    const other = await planned('not-kept', '10.2.0.0/16');
    const freeze = await add('Black Friday', [-1, 48], { sizes: ['prod'] });
    await add('Maintenance', [5, 6], { sizes: ['prod'] });
    await add('Far away', [100, 101]);

    const refused = await confirm(runId, planHash).expect(409);
    expect(refused.body.error.message).toBe(
      `Nothing is applied to kept now: the change freeze "Black Friday" holds until ${freeze.until}. Wait until it ends, or ask an SRE or an admin to let this plan through.`,
    );
    await confirm(other.runId, other.planHash).expect(204);
    await portal.runIs(other.runId, 'succeeded');

    const { now, soon } = (
      await portal
        .as(MAYA)
        .get(
          '/freeze-outlook?accountId=123456789012&size=prod&system=system:default/shop',
        )
        .expect(200)
    ).body;
    const titles = (list: Array<{ title: string }>) =>
      list.map(({ title }) => title);
    expect([titles(now), titles(soon)]).toEqual([
      ['Black Friday'],
      ['Maintenance'],
    ]);

    await portal.as(SAM).delete(`/freezes/${freeze.id}`).expect(204);
    await confirm(runId, planHash).expect(204);
    await portal.runIs(runId, 'succeeded');
  });

  it('stops a plan that was confirmed before it began, and lets it go on when it is over', async () => {
    const { portal, world } = context;
    const { runId, planHash } = await planned('overtaken', '10.3.0.0/16');
    await portal
      .as(MAYA)
      .post(`/runs/${runId}/commands`, { type: 'pause' })
      .expect(200);
    await confirm(runId, planHash).expect(204);
    const freeze = await add('Incident', [-1, 1]);
    await portal
      .as(MAYA)
      .post(`/runs/${runId}/commands`, { type: 'resume' })
      .expect(200);
    const run = await portal.runIs(runId, 'failed');
    expect(run.problem).toMatchObject({
      code: 'infra.frozen',
      message: expect.stringContaining('"Incident" holds until'),
    });
    expect(world.stacks.has('overtaken')).toBe(false);

    await portal.as(SAM).delete(`/freezes/${freeze.id}`).expect(204);
    await portal
      .as(MAYA)
      .post(`/runs/${runId}/commands`, { type: 'retry', stepId: 'approve' })
      .expect(200);
    await portal.runIs(runId, 'succeeded');
    expect(world.stacks.has('overtaken')).toBe(true);
  });

  it('of an environment lets a failed run be given up that changed nothing in AWS, and no other', async () => {
    const { portal, world } = context;
    const failing = async (
      name: string,
      cidr: string,
      phase: 'plan' | 'apply',
    ) => {
      world.failNext[phase] = failure('No more VPCs');
      const { environment, runId } = await portal.create({ name, cidr });
      if (phase === 'apply') {
        await portal.confirm(runId);
      }
      await portal.runIs(runId, 'failed');
      const path = `/environments/${environment.id}/freeze`;
      await portal.as(SAM).put(path, { reason: 'Holidays' }).expect(204);
      const command = (body: object) =>
        portal.as(MAYA).post(`/runs/${runId}/commands`, body);
      await command({ type: 'retry', stepId: phase }).expect(409);
      return { runId, command };
    };
    const unplanned = await failing('unplanned', '10.20.0.0/16', 'plan');
    await unplanned.command({ type: 'cancel' }).expect(200);
    await portal.runIs(unplanned.runId, 'cancelled');
    expect((await portal.environment('unplanned')).status).toBe('cancelled');

    const begun = await failing('begun', '10.21.0.0/16', 'apply');
    const refused = await begun.command({ type: 'cancel' }).expect(409);
    expect(refused.body.error.message).toContain('begun is frozen by');
    expect((await portal.run(begun.runId)).state).toBe('failed');
  });

  it('lets one plan through for a reason that somebody with the right gives', async () => {
    const { portal } = context;
    const urgent = await planned('urgent', '10.4.0.0/16');
    const other = await planned('other', '10.5.0.0/16');
    const freeze = await add('Launch', [-1, 1]);
    const override = { planHash: urgent.planHash, reason: 'Fixes the leak' };
    const path = `/runs/${urgent.runId}/freeze-override`;
    await portal.as(MAYA).post(path, override).expect(403);
    await portal.as('plugin:scaffolder').post(path, override).expect(403);
    await portal
      .as(SAM)
      .post(path, { ...override, planHash: other.planHash })
      .expect(409);
    await confirm(urgent.runId, urgent.planHash).expect(409);
    await portal.as(SAM).post(path, override).expect(204);
    await confirm(urgent.runId, urgent.planHash).expect(204);
    await portal.runIs(urgent.runId, 'succeeded');
    await confirm(other.runId, other.planHash).expect(409);

    expect(portal.audited).toContainEqual({
      eventId: 'freeze-override',
      outcome: 'succeeded',
    });
    const { items } = (
      await portal
        .as(MAYA)
        .get(`/environments/${urgent.environment.id}/activity`)
    ).body;
    expect(items).toContainEqual(
      expect.objectContaining({
        actor: SAM,
        action: 'freeze.overridden',
        message: expect.stringContaining('Fixes the leak'),
      }),
    );
    await portal.as(SAM).delete(`/freezes/${freeze.id}`).expect(204);
  });

  it('is changed by those with the right only, and what configuration gives by nobody', async () => {
    const { portal } = context;
    const period = {
      title: 'Mine',
      from: inHours(1),
      until: inHours(2),
      scope: EVERYTHING,
    };
    await portal.as(MAYA).post('/freezes', period).expect(403);
    await portal.as(ADA).post('/freezes', period).expect(403);
    const backwards = await portal
      .as(SAM)
      .post('/freezes', { ...period, until: inHours(0) })
      .expect(400);
    expect(backwards.body.error.issues).toEqual([
      { path: 'until', message: 'It has to end after it begins.' },
    ]);
    const { id } = await add('To be moved', [200, 201]);
    await portal.as(MAYA).put(`/freezes/${id}`, period).expect(403);
    await portal
      .as(SAM)
      .put(`/freezes/${id}`, { ...period, title: 'Moved' })
      .expect(200);
    const { items } = (await portal.as(MAYA).get('/freezes').expect(200)).body;
    expect(items).toContainEqual(
      expect.objectContaining({ id, title: 'Moved', createdBy: SAM }),
    );
    const configured = items.find(
      ({ isConfigured }: { isConfigured?: boolean }) => isConfigured,
    );
    expect(configured.title).toBe('Year end');
    await portal.as(SAM).delete(`/freezes/${configured.id}`).expect(409);
    await portal.as(SAM).delete(`/freezes/not-a-uuid`).expect(404);
  });
});
