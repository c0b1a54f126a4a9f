import type {
  DriftGroupMember,
  DriftReport,
  Environment,
} from '@slipway/plugin-infra-scaffolder-common';
import type { DriftedResource } from '@slipway/plugin-infra-scaffolder-node';
import { failure } from '../__testUtils__/FakeEngine';
import { FIONA, MAYA, SAM, TOM } from '../__testUtils__/portal';
import { usePortal } from '../__testUtils__/usePortal';

jest.setTimeout(60_000);

function changed(
  attribute: string,
  before: number | string,
  after: number | string,
): DriftedResource {
  return {
    logicalId: 'Database',
    type: 'AWS::Fake::Thing',
    path: 'database',
    physicalId: 'fake-Database',
    kind: 'changed',
    attributes: [{ path: attribute, before, after }],
  };
}

const gone: DriftedResource = {
  logicalId: 'Network',
  type: 'AWS::Fake::Thing',
  path: 'network',
  physicalId: 'fake-Network',
  kind: 'deleted',
  attributes: [],
};

const unchecked: DriftedResource = {
  ...gone,
  kind: 'unchecked',
  reason: 'CloudFormation does not check it.',
};

describe('the drift of environments', () => {
  const context = usePortal({
    infraScaffolder: { drift: { intervalMinutes: 60, concurrency: 3 } },
  });
  let block = 0;
  const ready = (name: string, parameters = {}) => {
    block += 1;
    return context.portal.ready({
      name,
      parameters,
      cidr: `10.${block}.0.0/16`,
    });
  };
  const report = async (id: string): Promise<DriftReport> =>
    (await context.portal.as(MAYA).get(`/environments/${id}/drift`).expect(200))
      .body;
  const checked = async ({ id }: Environment, person = MAYA) => {
    const { portal } = context;
    const before = await report(id);
    await portal.as(person).post(`/environments/${id}/drift/check`).expect(202);
    return portal.until('it is checked', async () => {
      const after = await report(id);
      return (
        after.state !== 'checking' &&
        after.checkedAt !== before.checkedAt &&
        after
      );
    });
  };
  const notices = (name: string) =>
    context.portal.notifications.filter(({ payload }) =>
      payload.title.includes(name),
    );

  it('is found on demand, told to the owner once, and ends when it is put back', async () => {
    const { portal, world } = context;
    const environment = await ready('found');
    expect(await report(environment.id)).toMatchObject({
      state: 'unknown',
      reason: 'It was never checked.',
    });
    expect(environment.drift).toBeUndefined();
    expect(await checked(environment)).toMatchObject({
      state: 'in_sync',
      findings: [],
    });

    world.drift.set('found', [changed('nodeMax', 5, 9), gone, unchecked]);
    const found = await checked(environment);
    expect(found).toMatchObject({
      state: 'drifted',
      findings: [
        {
          path: 'database',
          kind: 'changed',
          attributes: [
            {
              path: 'nodeMax',
              before: 5,
              after: 9,
              cause: {
                known: false,
                reason: expect.stringContaining(
                  'CloudTrail could not be asked',
                ),
              },
            },
          ],
        },
        { path: 'network', kind: 'deleted', cause: { known: false } },
      ],
      unchecked: [
        { path: 'network', reason: 'CloudFormation does not check it.' },
      ],
    });
    expect(await portal.environment('found')).toMatchObject({
      updatedAt: environment.updatedAt,
      drift: { state: 'drifted', resources: 2 },
    });
    expect(notices('found is not as it was applied')).toEqual([
      expect.objectContaining({
        recipients: expect.objectContaining({
          entityRef: ['group:default/storefront'],
        }),
        payload: expect.objectContaining({
          link: '/environments/found?tab=drift',
          description: expect.stringContaining(
            'database: nodeMax; network was deleted',
          ),
        }),
      }),
    ]);

    const again = await checked(environment);
    expect(again.findings.map(({ since }) => since)).toEqual(
      found.findings.map(({ since }) => since),
    );
    expect(notices('found is not')).toHaveLength(1);

    const { runId } = (
      await portal
        .as(MAYA)
        .post(`/environments/${environment.id}/drift/revert`)
        .expect(202)
    ).body;
    await portal.confirm(runId);
    const run = await portal.runIs(runId, 'succeeded');
    expect(run.title).toBe('Put back what drifted in found');
    expect(await report(environment.id)).toMatchObject({
      state: 'unknown',
      reason: 'A run has worked on it since it was last checked.',
    });
    await portal.trigger('drift-checks');
    expect(await report(environment.id)).toMatchObject({
      state: 'in_sync',
      findings: [],
    });
    const { items } = (
      await portal.as(MAYA).get(`/environments/found/drift/detections`)
    ).body;
    expect(
      items.map(({ state, actor }: { state: string; actor?: string }) => [
        state,
        actor,
      ]),
    ).toEqual([
      ['in_sync', undefined],
      ['drifted', MAYA],
      ['drifted', MAYA],
      ['in_sync', MAYA],
    ]);
    const activity = (
      await portal.as(MAYA).get('/environments/found/activity')
    ).body.items.map(({ message }: { message: string }) => message);
    expect(activity).toEqual(
      expect.arrayContaining([
        'Found drift of found: database: nodeMax; network was deleted.',
        'Asked for a change of found: what drifted is put back.',
        'found is as it was applied again.',
      ]),
    );
  });

  it('is accepted into the parameter that has the value', async () => {
    const { portal, world } = context;
    const environment = await ready('taken', { nodeMin: 2 });
    world.drift.set('taken', [
      changed('nodeMax', 5, '9'),
      {
        ...changed('size', 'dev', 'huge'),
        logicalId: 'Network',
        path: 'network',
      },
    ]);
    await checked(environment);
    const { items } = (
      await portal
        .as(MAYA)
        .get(`/environments/${environment.id}/drift/acceptance`)
        .expect(200)
    ).body;
    expect(items).toEqual([
      {
        logicalId: 'Database',
        attribute: 'nodeMax',
        parameter: {
          name: 'nodeMax',
          title: 'Nodes at most',
          before: 5,
          after: 9,
        },
        also: ['network nodeMax'],
      },
      {
        logicalId: 'Network',
        attribute: 'size',
        also: [],
        reason: expect.stringContaining('comes from no parameter'),
      },
    ]);
    const accept = (attributes: object) =>
      portal
        .as(MAYA)
        .post(`/environments/${environment.id}/drift/accept`, { attributes });
    await accept([{ logicalId: 'Network', attribute: 'size' }]).expect(400);
    await accept([{ logicalId: 'Database', attribute: 'other' }]).expect(400);
    await accept([]).expect(400);
    const { runId } = (
      await accept([{ logicalId: 'Database', attribute: 'nodeMax' }]).expect(
        202,
      )
    ).body;
    await portal.confirm(runId);
    await portal.runIs(runId, 'succeeded');
    expect(await portal.environment('taken')).toMatchObject({
      parameters: { nodeMin: 2, nodeMax: 9 },
      drift: { state: 'unknown', resources: 0 },
    });
  });

  it('is looked for on schedule in all that is ready, and again where a check failed', async () => {
    const { portal, world } = context;
    const [first] = [await ready('one'), await ready('two')];
    const waiting = await portal.create({
      name: 'three',
      cidr: '10.250.0.0/16',
    });
    world.failNext.drift = failure('AWS gave no answer.');
    await portal.trigger('drift-checks');
    const states = await Promise.all(
      ['one', 'two'].map(async name => (await report(name)).state),
    );
    expect(states.sort()).toEqual(['in_sync', 'unknown']);
    expect((await report('three')).reason).toBe('It was never checked.');
    const detections = world.detections;
    await portal.trigger('drift-checks');
    expect(world.detections).toBe(detections);

    world.failNext.drift = failure('AWS gave no answer.');
    expect(await checked(first)).toMatchObject({
      state: 'unknown',
      reason: 'AWS gave no answer.',
    });
    await portal
      .as(MAYA)
      .post(`/runs/${waiting.runId}/commands`, { type: 'cancel' });
  });

  it('is checked once at a time, and not for an environment that a run works on meanwhile', async () => {
    const { portal, world } = context;
    const environment = await ready('busy');
    let release = () => {};
    world.detection = new Promise<void>(resolve => {
      release = resolve;
    });
    const before = world.detections;
    const path = `/environments/${environment.id}/drift/check`;
    const first = await portal.as(MAYA).post(path).expect(202);
    expect(first.body.state).toBe('checking');
    await portal.as(SAM).post(path).expect(202);
    const { runId } = (
      await portal
        .as(MAYA)
        .post(`/environments/${environment.id}/update`, { size: 'prod' })
        .expect(202)
    ).body;
    const refused = await portal.as(MAYA).post(path).expect(409);
    expect(refused.body.error.message).toContain('is held by');
    world.drift.set('busy', [gone]);
    release();
    world.detection = Promise.resolve();
    await portal.until(
      'the check has ended',
      async () => (await report(environment.id)).state !== 'checking',
    );
    expect(world.detections).toBe(before + 1);
    expect(await report(environment.id)).toMatchObject({
      state: 'unknown',
      findings: [],
    });
    await portal
      .as(MAYA)
      .post(`/runs/${runId}/commands`, { type: 'cancel' })
      .expect(200);
    await portal.runIs(runId, 'cancelled');
  });

  it('is shown to those who may see the environment, and in one view over all of them by cause', async () => {
    const { portal, world } = context;
    const theirs = await portal.ready(
      {
        name: 'theirs',
        owner: 'group:default/payments',
        cidr: '10.200.0.0/16',
      },
      TOM,
    );
    const own = await ready('own');
    const fleet = async (person: string) =>
      (await portal.as(person).get('/drift').expect(200)).body;
    const before = (await fleet(SAM)).counts.drifted;
    world.drift.set('theirs', [changed('nodeMax', 5, 7)]);
    world.drift.set('own', [changed('nodeMax', 5, 8), gone]);
    await checked(own);
    await portal.as(SAM).post('/environments/theirs/drift/check').expect(202);
    await portal.until(
      'both are found',
      async () => (await fleet(SAM)).counts.drifted === before + 2,
    );
    const all = await fleet(SAM);
    const ours = all.groups.map(
      (group: { attribute?: string; members: DriftGroupMember[] }) => [
        group.attribute,
        group.members
          .map(({ environment }) => environment.name)
          .filter(name => ['own', 'theirs'].includes(name))
          .sort(),
      ],
    );
    expect(ours).toEqual(
      expect.arrayContaining([
        ['nodeMax', ['own', 'theirs']],
        [undefined, ['own']],
      ]),
    );
    const mine = await fleet(MAYA);
    expect(mine.counts.drifted).toBe(before + 1);
    expect(JSON.stringify(mine)).not.toContain('theirs');

    const path = `/environments/${theirs.id}/drift`;
    await portal.as(MAYA).get(path).expect(404);
    await portal.as(MAYA).post(`${path}/check`).expect(404);
    await portal.as(FIONA).get(path).expect(200);
    for (const deed of ['check', 'revert']) {
      await portal.as(FIONA).post(`${path}/${deed}`).expect(403);
    }
    await portal.as(FIONA).get(`${path}/acceptance`).expect(403);
    await portal
      .as(FIONA)
      .post(`${path}/accept`, {
        attributes: [{ logicalId: 'Database', attribute: 'nodeMax' }],
      })
      .expect(403);
    expect(portal.audited).toEqual(
      expect.arrayContaining([
        { eventId: 'drift-check', outcome: 'succeeded' },
        { eventId: 'drift-revert', outcome: 'failed' },
        { eventId: 'drift-accept', outcome: 'failed' },
      ]),
    );
  });
});
