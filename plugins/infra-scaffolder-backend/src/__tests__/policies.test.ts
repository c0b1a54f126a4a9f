import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type {
  AppliedFindings,
  Exemption,
  Plan,
} from '@slipway/plugin-infra-scaffolder-common';
import { FakeChecker } from '../__testUtils__/FakeChecker';
import { failure } from '../__testUtils__/FakeEngine';
import { ADA, FIONA, MAYA, SAM, TOM } from '../__testUtils__/portal';
import { testPermissions } from '../__testUtils__/policy';
import { usePortal } from '../__testUtils__/usePortal';

jest.setTimeout(60_000);

const DAY_MS = 24 * 60 * 60 * 1000;

function inDays(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString();
}

function exemption(part: object = {}) {
  return {
    rule: 'no-open',
    resourcePattern: 'database',
    owner: 'group:default/storefront',
    reason: 'A drill of the old client',
    expiresAt: inDays(2),
    ...part,
  };
}

describe('policies', () => {
  const checker = new FakeChecker();
  const context = usePortal(
    { approvals: { notify: ['group:default/approvers'], destroy: 'never' } },
    { checker },
  );
  const plan = async (runId: string) =>
    (await context.portal.as(MAYA).get(`/runs/${runId}/plan`).expect(200)).body
      .plan as Plan;
  const planned = async (name: string, cidr: string) => {
    const { portal } = context;
    const created = await portal.create({ name, cidr });
    await portal.runIs(created.runId, 'waiting');
    const { hash } = await plan(created.runId);
    return { ...created, id: created.environment.id, planHash: hash };
  };
  const confirm = (runId: string, planHash: string) =>
    context.portal.as(MAYA).post(`/runs/${runId}/confirm`, { planHash });
  const command = (runId: string, body: object) =>
    context.portal.as(MAYA).post(`/runs/${runId}/commands`, body).expect(200);
  const grant = async (part: object) =>
    (
      await context.portal
        .as(ADA)
        .post('/exemptions', exemption(part))
        .expect(201)
    ).body as Exemption;
  const end = (id: string, person = ADA) =>
    context.portal.as(person).post(`/exemptions/${id}/end`);

  it('keep a plan from being confirmed, and let it through once somebody answers for it', async () => {
    const { portal, world } = context;
    const { id, runId, planHash } = await planned('open-one', '10.1.0.0/16');
    const refused = await confirm(runId, planHash).expect(409);
    expect(refused.body.error.message).toBe(
      'Rule no-open denies the plan, for database: The database is open. Close it. Then plan again. Or have it exempted and go on.',
    );
    await grant({ environmentId: id, resourcePattern: 'network' });
    await confirm(runId, planHash).expect(409);

    const granted = await grant({ environmentId: id });
    expect(granted).toMatchObject({ state: 'active', grantedBy: ADA });
    expect((await plan(runId)).findings).toMatchObject([
      {
        rule: 'no-open',
        exemption: {
          owner: 'group:default/storefront',
          until: granted.expiresAt,
        },
      },
    ]);
    await confirm(runId, planHash).expect(204);
    await portal.runIs(runId, 'succeeded');
    expect(world.stacks.has('open-one')).toBe(true);
    expect(portal.audited).toContainEqual({
      eventId: 'exemption-grant',
      outcome: 'succeeded',
    });
    const { items } = (
      await portal.as(MAYA).get(`/environments/${id}/activity`)
    ).body;
    expect(items).toContainEqual(
      expect.objectContaining({ actor: ADA, action: 'exemption.granted' }),
    );

    const standing = async () =>
      (await portal.as(MAYA).get(`/environments/${id}/findings`).expect(200))
        .body.applied as AppliedFindings;
    expect(await standing()).toMatchObject({
      runId,
      findings: [{ rule: 'no-open', exemption: { until: granted.expiresAt } }],
    });
    await portal.as(TOM).get(`/environments/${id}/findings`).expect(404);

    await end(granted.id).expect(200);
    expect((await standing()).findings[0].exemption).toBeUndefined();
    expect((await plan(runId)).findings![0].exemption).toBeDefined();
    const later = (
      await portal
        .as(MAYA)
        .post(`/environments/${id}/update`, { parameters: {} })
        .expect(202)
    ).body as { runId: string };
    await portal.runIs(later.runId, 'waiting');
    await confirm(later.runId, (await plan(later.runId)).hash).expect(409);
  });

  it('look again before anything is applied', async () => {
    const { portal, world } = context;
    const { id, runId, planHash } = await planned('open-two', '10.2.0.0/16');
    const granted = await grant({ environmentId: id });
    await command(runId, { type: 'pause' });
    await confirm(runId, planHash).expect(204);
    await end(granted.id).expect(200);
    await command(runId, { type: 'resume' });
    const run = await portal.runIs(runId, 'failed');
    expect(run.problem).toMatchObject({
      code: 'infra.denied',
      message: expect.stringContaining('The database is open.'),
      mend: expect.stringContaining('Close it.'),
    });
    expect(world.stacks.has('open-two')).toBe(false);

    await grant({ environmentId: id, resourcePattern: '*base' });
    await command(runId, { type: 'retry', stepId: 'approve' });
    await portal.runIs(runId, 'succeeded');
  });

  it('are exempt by request: who looks after it asks, who may grants or declines, each is told', async () => {
    const { portal } = context;
    const { id, runId, planHash } = await planned('open-three', '10.3.0.0/16');
    const ask = (person: string, part: object = {}) =>
      portal
        .as(person)
        .post('/exemption-requests', exemption({ environmentId: id, ...part }));
    await ask(TOM).expect(404);
    await ask(FIONA).expect(403);
    await ask(MAYA, { environmentId: undefined }).expect(400);
    const asked = (await ask(MAYA).expect(201)).body as Exemption;
    expect(asked).toMatchObject({ state: 'asked', askedBy: MAYA });
    expect(portal.notifications).toContainEqual(
      expect.objectContaining({
        recipients: expect.objectContaining({
          entityRef: ['group:default/approvers'],
        }),
      }),
    );
    await confirm(runId, planHash).expect(409);

    for (const person of [MAYA, SAM, 'plugin:scaffolder']) {
      await portal.as(person).post(`/exemptions/${asked.id}/grant`).expect(403);
    }
    await portal.as(ADA).post(`/exemptions/${asked.id}/grant`).expect(200);
    await portal.as(ADA).post(`/exemptions/${asked.id}/grant`).expect(409);
    expect(portal.notifications).toContainEqual(
      expect.objectContaining({
        recipients: expect.objectContaining({ entityRef: [MAYA] }),
        payload: expect.objectContaining({
          title: 'The exemption from no-open was granted',
        }),
      }),
    );
    await end(asked.id, MAYA).expect(403);
    await confirm(runId, planHash).expect(204);

    const second = (await ask(MAYA).expect(201)).body as Exemption;
    const declined = (await end(second.id).expect(200)).body;
    expect(declined).toMatchObject({ state: 'declined', endedBy: ADA });
    await end(second.id).expect(409);
    const knowing = jest
      .spyOn(testPermissions, 'authorize')
      .mockImplementation(async requests =>
        requests.map(() => ({ result: AuthorizeResult.ALLOW })),
      );
    const own = (await ask(MAYA).expect(201)).body as Exemption;
    await portal.as(MAYA).post(`/exemptions/${own.id}/grant`).expect(403);
    const direct = await portal
      .as(MAYA)
      .post('/exemptions', exemption({ environmentId: id }))
      .expect(403);
    expect(direct.body.error.message).toContain('Somebody else exempts it.');
    knowing.mockRestore();
    const third = (await ask(MAYA).expect(201)).body as Exemption;
    await end(third.id, MAYA).expect(200);
  });

  it('are never let through by the author of the plan, whatever has become of the run', async () => {
    const { portal, world } = context;
    const knowing = jest
      .spyOn(testPermissions, 'authorize')
      .mockImplementation(async requests =>
        requests.map(() => ({ result: AuthorizeResult.ALLOW })),
      );
    try {
      const { id, runId, planHash } = await planned('open-five', '10.8.0.0/16');
      const first = await grant({ environmentId: id });
      await confirm(runId, planHash).expect(204);
      await portal.runIs(runId, 'succeeded');
      await end(first.id).expect(200);

      const update = async (person: string) =>
        (
          await portal
            .as(person)
            .post(`/environments/${id}/update`, { parameters: {} })
            .expect(202)
        ).body.runId as string;
      world.failNext.plan = failure('The change set is not made');
      const own = await update(SAM);
      await portal.runIs(own, 'failed');
      const sam = portal.as(SAM);
      const refused = await sam
        .post('/exemptions', exemption({ environmentId: id }))
        .expect(403);
      expect(refused.body.error.message).toBe(
        'You asked for open-five, for its last change or for one that can still go on. Somebody else exempts it.',
      );
      const asked = await portal
        .as(MAYA)
        .post('/exemption-requests', exemption({ environmentId: id }))
        .expect(201);
      await sam.post(`/exemptions/${asked.body.id}/grant`).expect(403);
      const mayGrant = async (query: string) =>
        (await sam.get(`/exemptions${query}`).expect(200)).body.mayGrant;
      expect(await mayGrant('')).toBe(true);
      expect(await mayGrant(`?environmentId=${id}`)).toBe(false);

      const everywhere = await sam.post('/exemptions', exemption()).expect(201);
      await sam
        .post(`/runs/${own}/commands`, { type: 'retry', stepId: 'plan' })
        .expect(200);
      await portal.runIs(own, 'waiting');
      const denied = await confirm(own, (await plan(own)).hash).expect(409);
      expect(denied.body.error.message).toContain(
        'What user:default/sam granted does not let their own plan through: somebody else exempts it.',
      );
      await command(own, { type: 'cancel' });
      await portal.runIs(own, 'cancelled');
      const others = await update(MAYA);
      await portal.runIs(others, 'waiting');
      await confirm(others, (await plan(others)).hash).expect(204);
      await portal.runIs(others, 'succeeded');
      await end(everywhere.body.id).expect(200);
    } finally {
      knowing.mockRestore();
    }
  });

  it('have an owner that exists, an end, and a rule; and are seen by who may see the environment', async () => {
    const { portal } = context;
    const { id } = await planned('open-four', '10.4.0.0/16');
    const refused = (part: object) =>
      portal
        .as(ADA)
        .post('/exemptions', exemption({ environmentId: id, ...part }))
        .expect(400);
    const pathsOf = async (part: object) =>
      (await refused(part)).body.error.issues.map(
        ({ path }: { path: string }) => path,
      );
    expect(await pathsOf({ owner: undefined })).toEqual(['owner']);
    expect(await pathsOf({ owner: 'group:default/nobody' })).toEqual(['owner']);
    expect(await pathsOf({ expiresAt: undefined })).toEqual(['expiresAt']);
    expect(await pathsOf({ expiresAt: inDays(-1) })).toEqual(['expiresAt']);
    expect(await pathsOf({ expiresAt: inDays(400) })).toEqual(['expiresAt']);
    expect(await pathsOf({ rule: 'no-such' })).toEqual(['rule']);
    expect(await pathsOf({ resourcePattern: '*'.repeat(6) })).toEqual([
      'resourcePattern',
    ]);

    const own = await grant({ environmentId: id });
    const everywhere = await grant({ resourcePattern: 'nothing/*' });
    const seenBy = async (person: string) =>
      (
        (await portal.as(person).get('/exemptions').expect(200)).body
          .items as Exemption[]
      ).map(each => each.id);
    expect(await seenBy(MAYA)).toEqual(
      expect.arrayContaining([own.id, everywhere.id]),
    );
    expect(await seenBy(TOM)).toContain(everywhere.id);
    expect(await seenBy(TOM)).not.toContain(own.id);
    await end(own.id, TOM).expect(404);
    await portal.as(ADA).post('/exemptions/not-a-uuid/end').expect(404);

    const { items, isChecked } = (
      await portal.as(TOM).get('/policies').expect(200)
    ).body;
    expect([items.length, isChecked]).toEqual([1, true]);
  });

  it('tell the owner of an exemption once that it is about to end', async () => {
    const { portal } = context;
    const told = () =>
      portal.notifications.filter(
        ({ payload }) =>
          payload.title === 'The exemption from no-open ends soon',
      );
    const before = told().length;
    await grant({ owner: MAYA, expiresAt: inDays(3) });
    await grant({ owner: MAYA, expiresAt: inDays(30) });
    await portal.trigger('exemption-warnings');
    const after = told();
    expect(after.length).toBeGreaterThan(before);
    expect(
      after.filter(({ recipients }) =>
        JSON.stringify(recipients).includes(MAYA),
      ),
    ).toHaveLength(1);
    await portal.trigger('exemption-warnings');
    expect(told()).toHaveLength(after.length);
  });

  it('are told what the team has besides', async () => {
    const { portal } = context;
    await portal.ready({ name: 'beside', cidr: '10.5.0.0/16' });
    await planned('only-planned', '10.6.0.0/16');
    await planned('newest', '10.7.0.0/16');
    const { teamEnvironments = [] } = checker.seen.find(
      ({ environment }) => environment.name === 'newest',
    )!;
    const names = teamEnvironments.map(({ name }) => name);
    expect(names).toContain('beside');
    expect(names).not.toContain('only-planned');
    expect(names).not.toContain('newest');
  });
});
