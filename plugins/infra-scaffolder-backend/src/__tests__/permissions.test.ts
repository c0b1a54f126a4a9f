import {
  environmentRequest,
  FIONA,
  MAYA,
  SAM,
  TOM,
} from '../__testUtils__/portal';
import { PEOPLE } from '../__testUtils__/policy';
import { usePortal } from '../__testUtils__/usePortal';

jest.setTimeout(60_000);

describe('who may do what', () => {
  const context = usePortal();

  it('answers reads of other groups as if nothing were there', async () => {
    const { portal } = context;
    const { environment, runId } = await portal.create({ name: 'hidden' });
    await portal.runIs(runId, 'waiting');
    const tom = portal.as(TOM);
    for (const path of [
      `/environments/hidden`,
      `/environments/${environment.id}`,
      `/environments/${environment.id}/resources`,
      `/environments/${environment.id}/runs`,
      `/environments/${environment.id}/activity`,
      `/runs/${runId}`,
      `/runs/${runId}/plan`,
      `/runs/${runId}/events`,
      `/runs/${runId}/stream`,
    ]) {
      const denied = await tom.get(path).expect(404);
      const absent = await tom
        .get(
          path
            .replace('hidden', 'absent')
            .replace(environment.id, '00000000-0000-4000-8000-000000000000')
            .replace(runId, '00000000-0000-4000-8000-000000000000'),
        )
        .expect(404);
      expect(denied.body.error.name).toBe(absent.body.error.name);
      await portal.as(MAYA).get(path.replace('/stream', '')).expect(200);
    }
    const { plan } = (await portal.as(MAYA).get(`/runs/${runId}/plan`)).body;
    const hash = { planHash: plan.hash };
    await tom.post(`/runs/${runId}/confirm`, hash).expect(404);
    await tom.post(`/runs/${runId}/commands`, { type: 'cancel' }).expect(404);
    await tom
      .post(`/environments/${environment.id}/destroy`, {
        confirmName: 'hidden',
      })
      .expect(404);
    await tom.put(`/environments/hidden/freeze`, { reason: 'x' }).expect(404);
  });

  it('lists what each person may read, with a total that hides the rest', async () => {
    const { portal } = context;
    await portal.create({ name: 'of-maya', cidr: '10.20.0.0/16' });
    await portal.create(
      { name: 'of-tom', cidr: '10.21.0.0/16', owner: 'group:default/payments' },
      TOM,
    );
    const names = async (person: string) => {
      const { items, total } = (
        await portal.as(person).get('/environments?search=of-').expect(200)
      ).body;
      expect(total).toBe(items.length);
      return items.map(({ name }: { name: string }) => name).sort();
    };
    expect(await names(MAYA)).toEqual(['of-maya']);
    expect(await names(TOM)).toEqual(['of-tom']);
    expect(await names(SAM)).toEqual(['of-maya', 'of-tom']);
    expect(await names(FIONA)).toEqual(['of-maya', 'of-tom']);
    expect(await names('plugin:catalog')).toEqual(['of-maya', 'of-tom']);
    expect(await names('user:default/stranger')).toEqual([]);
  });

  it('refuses, with whom to ask, what a reader may not change', async () => {
    const { portal } = context;
    const { environment, runId } = await portal.create({
      name: 'read-only',
      cidr: '10.30.0.0/16',
    });
    await portal.runIs(runId, 'waiting');
    const fiona = portal.as(FIONA);
    const { plan } = (await fiona.get(`/runs/${runId}/plan`).expect(200)).body;
    const refusal = await fiona
      .post(`/runs/${runId}/confirm`, { planHash: plan.hash })
      .expect(403);
    expect(refusal.body.error.message).toBe(
      'You may not confirm the plan for read-only. Ask its owner, group:default/storefront, or an SRE.',
    );
    await fiona.post(`/runs/${runId}/commands`, { type: 'cancel' }).expect(403);
    await fiona
      .post(`/environments/${environment.id}/destroy`, {
        confirmName: 'read-only',
      })
      .expect(403);
    await portal
      .as(MAYA)
      .put('/environments/read-only/freeze', { reason: 'mine' })
      .expect(403);
    expect((await fiona.get(`/runs/${runId}`)).body.allowed).toEqual({
      update: false,
      destroy: false,
      freeze: false,
      schedule: false,
    });
    expect(portal.audited).toContainEqual({
      eventId: 'plan-confirm',
      outcome: 'failed',
    });
  });

  it('lets people ask only for groups they may look after', async () => {
    const { portal } = context;
    const ask = (person: string, owner: string, cidr: string) =>
      portal
        .as(person)
        .post(
          '/environments',
          environmentRequest({ name: 'asked-for', owner, cidr }),
        )
        .set('Idempotency-Key', `ask-${person}-${cidr}`);
    const refused = await ask(MAYA, 'group:default/payments', '10.40.0.0/16');
    expect(refused.status).toBe(400);
    expect(refused.body.error.issues).toEqual([
      {
        path: 'owner',
        message:
          'You are not in group:default/payments. Choose one of your own groups, or ask someone of that group.',
      },
    ]);
    await ask(FIONA, 'group:default/finops', '10.40.0.0/16').expect(403);
    await ask(SAM, 'group:default/payments', '10.40.0.0/16').expect(201);
  });

  it('answers an idempotency key no more once the person has left the group', async () => {
    const { portal } = context;
    const body = environmentRequest({ name: 'left', cidr: '10.41.0.0/16' });
    const ask = () =>
      portal
        .as(MAYA)
        .post('/environments', body)
        .set('Idempotency-Key', 'before-leaving');
    await ask().expect(201);
    const maya = PEOPLE[MAYA];
    PEOPLE[MAYA] = { ...maya, group: 'group:default/payments' };
    try {
      const answer = await portal
        .as(MAYA)
        .get('/environments/left')
        .expect(404)
        .then(ask);
      expect(answer.status).toBe(409);
      expect(answer.body.error.message).toContain('no longer registered');
      expect(JSON.stringify(answer.body)).not.toContain('10.41.0.0/16');
    } finally {
      PEOPLE[MAYA] = maya;
    }
    await ask().expect(201);
  });

  it('does not name what a person may not know when it says what is taken', async () => {
    const { portal } = context;
    await portal.create({ name: 'secret-thing', cidr: '10.50.0.0/16' });
    const check = async (person: string) =>
      (
        await portal
          .as(person)
          .post('/environment-checks', {
            name: 'secret-thing',
            cidr: '10.50.0.0/16',
          })
          .expect(200)
      ).body.issues;
    const [name, cidr] = await check(TOM);
    expect(name).toMatchObject({
      path: 'name',
      message: expect.stringContaining('of another group'),
      suggestion: 'secret-thing-2',
    });
    expect(cidr.message).toContain("another group's environment");
    expect(cidr.message).not.toContain('secret');
    expect((await check(SAM))[1].message).toContain(
      'held by secret-thing of group:default/storefront',
    );
  });
});
