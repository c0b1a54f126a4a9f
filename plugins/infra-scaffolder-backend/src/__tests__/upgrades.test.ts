import type {
  OutdatedEnvironment,
  StartedUpgrade,
} from '@slipway/plugin-infra-scaffolder-common';
import { blueprint, nextBlueprint } from '../__testUtils__/blueprint';
import { FIONA, MAYA, SAM, TOM } from '../__testUtils__/portal';
import { usePortal } from '../__testUtils__/usePortal';

jest.setTimeout(60_000);

describe('environments of an older version of their blueprint', () => {
  const context = usePortal();
  context.world.blueprints = [{ blueprint }, { blueprint: nextBlueprint }];

  const listed = async (person: string): Promise<OutdatedEnvironment[]> =>
    (await context.portal.as(person).get('/upgrades').expect(200)).body.items;
  const start = async (
    environmentIds: string[],
    person = MAYA,
  ): Promise<StartedUpgrade[]> =>
    (
      await context.portal
        .as(person)
        .post('/upgrades', { environmentIds })
        .expect(202)
    ).body.items;

  it('are listed with what the newer one brings, previewed, and upgraded, each by a plan of its own', async () => {
    const { portal } = context;
    const own = await portal.ready({
      name: 'own',
      cidr: '10.1.0.0/16',
      parameters: { nodeMax: 7, note: 'as it was' },
    });
    const young = await portal.ready({
      name: 'young',
      cidr: '10.2.0.0/16',
      blueprint: { id: blueprint.id, version: nextBlueprint.version },
    });
    const theirs = await portal.ready(
      {
        name: 'theirs',
        cidr: '10.3.0.0/16',
        owner: 'group:default/payments',
      },
      TOM,
    );
    expect(await listed(MAYA)).toEqual([
      {
        environment: expect.objectContaining({
          id: own.id,
          name: 'own',
          status: 'ready',
        }),
        blueprint: { id: blueprint.id, title: blueprint.title },
        from: '1.0.0',
        to: '1.10.0',
        isInstalled: true,
        releases: [nextBlueprint.changes![0]],
        dropped: ['note'],
      },
    ]);
    expect((await listed(SAM)).map(each => each.environment.name)).toEqual([
      'own',
      'theirs',
    ]);

    const preview = (id: string, person = MAYA) =>
      portal.as(person).get(`/environments/${id}/upgrade-preview`);
    expect((await preview(own.id).expect(200)).body).toEqual({
      environmentId: own.id,
      from: '1.0.0',
      to: '1.10.0',
      changes: [
        expect.objectContaining({
          path: 'cache',
          action: 'create',
          attributes: [{ path: 'nodes', after: 2 }],
        }),
      ],
      warnings: [],
    });
    expect((await portal.environment(own.id)).activeRun).toBeUndefined();
    await preview(theirs.id).expect(404);
    await preview(own.id, FIONA).expect(403);
    await preview(young.id).expect(409);

    const started = await start([own.id, young.id, theirs.id, own.id]);
    expect(started).toEqual([
      {
        environmentId: own.id,
        environmentName: 'own',
        to: '1.10.0',
        runId: expect.any(String),
      },
      {
        environmentId: young.id,
        environmentName: 'young',
        problem: expect.stringContaining('newest version'),
      },
      {
        environmentId: theirs.id,
        environmentName: theirs.id,
        problem: expect.stringContaining('There is no environment'),
      },
    ]);
    const runId = started[0].runId!;
    expect((await portal.runIs(runId, 'waiting')).title).toBe(
      'Upgrade own to 1.10.0',
    );
    expect(await listed(MAYA)).toMatchObject([
      {
        environment: { activeRun: { runId } },
        blocked: 'A change of own is on its way.',
      },
    ]);
    expect((await portal.environment(own.id)).blueprint.version).toBe('1.0.0');
    await portal.confirm(runId);
    await portal.runIs(runId, 'succeeded');
    expect(await portal.environment(own.id)).toMatchObject({
      blueprint: { id: blueprint.id, version: '1.10.0' },
      parameters: { nodeMax: 7 },
    });
    expect(await listed(MAYA)).toEqual([]);
    expect(portal.audited).toContainEqual({
      eventId: 'upgrades-start',
      outcome: 'succeeded',
    });
  });

  it('are upgraded by those alone who may change them; nobody is asked for nothing', async () => {
    const { portal } = context;
    const { id } = await portal.ready({ name: 'shown', cidr: '10.9.0.0/16' });
    const [refused] = await start([id], FIONA);
    expect(refused).toMatchObject({
      problem: expect.stringContaining('You may not change shown'),
    });
    expect((await portal.environment(id)).activeRun).toBeUndefined();
    await portal.as(MAYA).post('/upgrades', { environmentIds: [] }).expect(400);
    await portal
      .as(MAYA)
      .post('/upgrades', { environmentIds: ['../x'] })
      .expect(400);
  });
});
