import { failure } from '../__testUtils__/FakeEngine';
import { MAYA, SAM } from '../__testUtils__/portal';
import { usePortal } from '../__testUtils__/usePortal';

jest.setTimeout(60_000);

describe('the ways an environment can go', () => {
  const context = usePortal();
  let block = 0;
  const next = (name: string) => {
    block += 1;
    return { name, cidr: `10.${block}.0.0/16` };
  };

  afterEach(() => {
    context.world.open();
    context.world.gate = Promise.resolve();
    context.world.failNext = {};
  });

  it('cancelled before anything was made gives its name and addresses back', async () => {
    const { portal, world } = context;
    const wanted = next('never-mind');
    const { environment, runId } = await portal.create(wanted);
    await portal.runIs(runId, 'waiting');
    await portal
      .as(MAYA)
      .post(`/runs/${runId}/commands`, { type: 'cancel', reason: 'no need' })
      .expect(200);
    await portal.runIs(runId, 'cancelled');
    expect(await portal.environment(environment.id)).toMatchObject({
      status: 'cancelled',
      statusReason: 'Creating it was cancelled before anything was changed.',
    });
    expect(world.stacks.has('never-mind')).toBe(false);
    const again = await portal.create(wanted);
    expect(again.environment.id).not.toBe(environment.id);
    expect((await portal.environment('never-mind')).id).toBe(
      again.environment.id,
    );
    expect(
      (await portal.as(MAYA).get('/environments?includeEnded=true')).body.total,
    ).toBe(2);
  });

  it('cancelled while being created is undone', async () => {
    const { portal, world } = context;
    world.close();
    const { environment, runId } = await portal.create(next('half-way'));
    await portal.confirm(runId);
    await portal.until('the stack is there', async () =>
      world.stacks.has('half-way'),
    );
    expect((await portal.environment(environment.id)).status).toBe('creating');
    await portal
      .as(MAYA)
      .post(`/runs/${runId}/commands`, { type: 'cancel' })
      .expect(200);
    await portal.runIs(runId, 'cancelled');
    expect(world.stacks.has('half-way')).toBe(false);
    expect(await portal.environment(environment.id)).toMatchObject({
      status: 'cancelled',
      statusReason: 'Everything was deleted again.',
    });
  });

  it('that failed says why, keeps its hold, and goes on when retried', async () => {
    const { portal, world } = context;
    world.failNext.apply = failure('AWS has no room for another VPC.');
    const { environment, runId } = await portal.create(next('try-again'));
    await portal.confirm(runId);
    await portal.runIs(runId, 'failed');
    const failed = await portal.environment(environment.id);
    expect(failed).toMatchObject({
      status: 'failed',
      statusReason:
        'Creating it failed. AWS has no room for another VPC. Raise the quota.',
    });
    expect(failed.activeRun).toBeUndefined();
    expect(portal.notifications).toContainEqual(
      expect.objectContaining({
        payload: expect.objectContaining({
          title: 'Create try-again: failed',
          severity: 'high',
        }),
      }),
    );
    await portal
      .as(MAYA)
      .post(`/runs/${runId}/commands`, {
        type: 'skip',
        stepId: 'apply',
        reason: 'it will be fine',
      })
      .expect(409);
    await portal
      .as(MAYA)
      .post(`/runs/${runId}/commands`, { type: 'retry', stepId: 'apply' })
      .expect(200);
    await portal.runIs(runId, 'succeeded');
    expect((await portal.environment(environment.id)).status).toBe('ready');
  });

  it('whose plan failed has nothing in AWS, and a later run bars the earlier', async () => {
    const { portal, world } = context;
    world.failNext.plan = failure('AWS does not answer.');
    const { environment, runId } = await portal.create(next('no-plan'));
    await portal.runIs(runId, 'failed');
    expect(await portal.environment(environment.id)).toMatchObject({
      status: 'failed',
      statusReason:
        'Creating it failed before anything was changed. AWS does not answer. Raise the quota.',
    });
    const destroy = await portal
      .as(MAYA)
      .post(`/environments/no-plan/destroy`, { confirmName: 'no-plan' })
      .expect(202);
    await portal.runIs(destroy.body.runId, 'waiting');
    const held = await portal
      .as(MAYA)
      .post(`/runs/${runId}/commands`, { type: 'retry', stepId: 'plan' })
      .expect(409);
    expect(held.body.error.message).toContain(`held by ${MAYA} since`);
    await portal
      .as(MAYA)
      .post(`/runs/${destroy.body.runId}/commands`, { type: 'cancel' })
      .expect(200);
    await portal.runIs(destroy.body.runId, 'cancelled');
    expect((await portal.environment(environment.id)).status).toBe('failed');
    const late = await portal
      .as(MAYA)
      .post(`/runs/${runId}/commands`, { type: 'retry', stepId: 'plan' })
      .expect(409);
    expect(late.body.error.message).toContain('worked on by a later run');
  });

  it('has one run at work; a second is refused with who, since when and what', async () => {
    const { portal } = context;
    const ready = await portal.ready(next('busy'));
    const destroys = await Promise.all(
      Array.from({ length: 5 }, () =>
        portal
          .as(MAYA)
          .post(`/environments/${ready.id}/destroy`, { confirmName: 'busy' }),
      ),
    );
    const statuses = destroys.map(({ status }) => status).sort();
    expect(statuses).toEqual([202, 409, 409, 409, 409]);
    const { activeRun, status } = await portal.environment(ready.id);
    expect(status).toBe('ready');
    for (const refused of destroys.filter(each => each.status === 409)) {
      expect(refused.body.error.message).toBe(
        `busy is held by ${MAYA} since ${
          activeRun!.since
        }: destroying it (run ${
          activeRun!.runId
        }). Wait for that run to end, or cancel it.`,
      );
    }
    await portal
      .as(MAYA)
      .post(`/environments/${ready.id}/destroy`, { confirmName: 'bussy' })
      .expect(400);
  });

  it('changes by what was confirmed, and only then', async () => {
    const { portal, world } = context;
    const ready = await portal.ready(next('growing'));
    const refused = await portal
      .as(MAYA)
      .post(`/environments/growing/update`, { parameters: { nodeMax: 99 } })
      .expect(400);
    expect(refused.body.error.issues[0].path).toBe('parameters.nodeMax');

    const { runId } = (
      await portal
        .as(MAYA)
        .post(`/environments/growing/update`, { size: 'prod' })
        .expect(202)
    ).body;
    await portal.runIs(runId, 'waiting');
    expect((await portal.environment(ready.id)).size).toBe('dev');
    await portal.confirm(runId);
    await portal.runIs(runId, 'succeeded');
    expect(await portal.environment(ready.id)).toMatchObject({
      status: 'ready',
      size: 'prod',
      readyAt: ready.readyAt,
    });
    expect(
      JSON.parse(world.stacks.get('growing')!.template).parameters,
    ).toMatchObject({ nodeMin: 3, nodeMax: 10 });
  });

  it('that is frozen refuses to be planned or confirmed, with who and why', async () => {
    const { portal } = context;
    const { environment, runId } = await portal.create(next('frozen'));
    await portal.runIs(runId, 'waiting');
    const sam = portal.as(SAM);
    const path = `/environments/${environment.id}/freeze`;
    await sam.put(path, { reason: 'failing over' }).expect(204);
    const twice = await sam.put(path, { reason: 'again' }).expect(409);
    expect(twice.body.error.message).toContain('failing over');

    const { plan } = (await portal.as(MAYA).get(`/runs/${runId}/plan`)).body;
    const confirm = () =>
      portal.as(MAYA).post(`/runs/${runId}/confirm`, { planHash: plan.hash });
    const refused = await confirm().expect(409);
    expect(refused.body.error.message).toMatch(
      /^frozen is frozen by user:default\/sam since .*: failing over\./,
    );
    await sam.delete(path).expect(204);
    await confirm().expect(204);
    await portal.runIs(runId, 'succeeded');
    await confirm().expect(409);

    await sam.put(path, { reason: 'holidays' }).expect(204);
    await portal
      .as(MAYA)
      .post(`/environments/frozen/destroy`, { confirmName: 'frozen' })
      .expect(409);
  });

  it('is confirmed by the hash of what was seen', async () => {
    const { portal } = context;
    const { runId } = await portal.create(next('exact'));
    await portal.runIs(runId, 'waiting');
    const other = await portal
      .as(MAYA)
      .post(`/runs/${runId}/confirm`, { planHash: 'a'.repeat(64) })
      .expect(409);
    expect(other.body.error.message).toContain('The plan has changed');
    expect((await portal.run(runId)).state).toBe('waiting');
  });

  it('is leased to one plugin at a time, and keeps runs away meanwhile', async () => {
    const { portal } = context;
    const ready = await portal.ready(next('leased'));
    const dr = portal.as('plugin:dr-console');
    const path = `/environments/${ready.id}/leases`;
    const lease = (
      await dr.post(path, { reason: 'Drill 7', seconds: 60 }).expect(201)
    ).body;
    expect(lease).toMatchObject({ reason: 'Drill 7' });
    const refused = await portal
      .as(MAYA)
      .post(`/environments/leased/destroy`, { confirmName: 'leased' })
      .expect(409);
    expect(refused.body.error.message).toMatch(
      /^leased is held by .*dr-console since .*: Drill 7\./,
    );
    await dr.post(path, { reason: 'Drill 8', seconds: 60 }).expect(409);
    await portal.as(MAYA).post(path, { reason: 'x', seconds: 60 }).expect(403);
    const renewed = (
      await dr.put(`${path}/${lease.id}`, { seconds: 600 }).expect(200)
    ).body;
    expect(renewed.until > lease.until).toBe(true);
    await dr.delete(`${path}/${lease.id}`).expect(204);
    await dr.put(`${path}/${lease.id}`, { seconds: 60 }).expect(409);
    await portal
      .as(MAYA)
      .post(`/environments/leased/destroy`, { confirmName: 'leased' })
      .expect(202);
  });

  it('streams its events in order and ends with the run', async () => {
    const { portal } = context;
    const { runId } = await portal.create(next('streamed'));
    await portal.confirm(runId);
    const response = await portal
      .as(MAYA)
      .get(`/runs/${runId}/stream?after=0`)
      .buffer(true)
      .expect(200);
    const text: string = response.text;
    const ids = [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
    expect(ids).toEqual(ids.map((_, index) => index + 1));
    expect(text).toContain('event: end');
    const codes = (
      await portal.as(MAYA).get(`/runs/${runId}/events?after=0`)
    ).body.items.map(({ code }: { code: string }) => code);
    expect(codes).toHaveLength(ids.length);
    expect(codes).toEqual(
      expect.arrayContaining([
        'infra.planned',
        'infra.confirmed',
        'infra.resource',
        'infra.outputs',
      ]),
    );
  });
});
