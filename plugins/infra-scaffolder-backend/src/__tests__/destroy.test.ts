import { TestDatabases } from '@backstage/backend-test-utils';
import { blueprint } from '../__testUtils__/blueprint';
import { failure, FakeWorld } from '../__testUtils__/FakeEngine';
import { pairBlueprint } from '../__testUtils__/pairBlueprint';
import {
  DEPENDED_ON,
  environmentRequest,
  FIONA,
  MAYA,
  SAM,
  startPortal,
  TOM,
  type Portal,
} from '../__testUtils__/portal';

jest.setTimeout(60_000);

describe('what is destroyed', () => {
  const world = new FakeWorld();
  let portal: Portal;
  let block = 0;

  afterAll(async () => portal?.stop());
  const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
  beforeAll(async () => {
    const knex = await databases.init('POSTGRES_18');
    world.blueprints = [{ blueprint }, { blueprint: pairBlueprint }];
    portal = await startPortal({ knex, world });
  }, 60_000);

  const ready = (name: string, more: object = {}, person = MAYA) => {
    block += 1;
    return portal.ready({ name, cidr: `10.${block}.0.0/16`, ...more }, person);
  };
  const destroy = (name: string, person = MAYA, more: object = {}) =>
    portal
      .as(person)
      .post(`/environments/${name}/destroy`, { confirmName: name, ...more });
  const ofPair = (parameters: object = {}) => ({
    blueprint: { id: pairBlueprint.id, version: pairBlueprint.version },
    parameters,
  });
  const ofPayments = { owner: 'group:default/payments' };
  const follows = (primary: string) => ({
    role: 'standby',
    partnerStack: `slipway-${primary}`,
  });
  /** Made a standby by an update that the person asks for. */
  const follow = (standby: string, primary: string, person: string) =>
    portal.as(person).post(`/environments/${standby}/update`, {
      parameters: follows(primary),
    });

  it('is blocked by what the catalog says depends on it, but for an admin with a reason', async () => {
    await ready(DEPENDED_ON);
    const reason =
      'component:default/checkout depends on it, as the catalog says.';
    expect(
      (await portal.as(MAYA).get(`/environments/${DEPENDED_ON}/dependents`))
        .body,
    ).toEqual({
      items: [{ entityRef: 'component:default/checkout', reason }],
      mayOverride: false,
    });
    const refused = await destroy(DEPENDED_ON).expect(409);
    expect(refused.body.error.message).toContain(reason);
    const despite = { despiteDependents: 'The catalog file is wrong' };
    await destroy(DEPENDED_ON, MAYA, despite).expect(403);
    expect(portal.audited).toContainEqual({
      eventId: 'environment-destroy',
      outcome: 'failed',
    });
    const { runId } = (await destroy(DEPENDED_ON, SAM, despite).expect(202))
      .body;
    await portal.confirm(runId, SAM);
    await portal.runIs(runId, 'succeeded');
    const { items } = (
      await portal.as(SAM).get(`/environments/${DEPENDED_ON}/activity`)
    ).body;
    expect(items).toContainEqual(
      expect.objectContaining({
        actor: SAM,
        message: `Asked to destroy ${DEPENDED_ON} in spite of what depends on it: The catalog file is wrong`,
      }),
    );
  });

  it('is blocked by its standby, also by one that comes after the plan; those of others are not named', async () => {
    await ready('first-half');
    await ready('second-half', { ...ofPair(), ...ofPayments }, TOM);
    await ready('third-half', { ...ofPair(), ...ofPayments }, TOM);
    const { runId } = (await destroy('first-half').expect(202)).body;
    await portal.runIs(runId, 'waiting');
    const standby = async (name: string) => {
      const change = (await follow(name, 'first-half', SAM).expect(202)).body;
      await portal.confirm(change.runId, SAM);
      await portal.runIs(change.runId, 'succeeded');
    };
    await standby('second-half');
    await standby('third-half');
    await portal.confirm(runId);
    const run = await portal.runIs(runId, 'failed');
    expect(run.problem).toMatchObject({
      code: 'infra.depended-on',
      message:
        'Others need first-half: 2 environments of other groups depend on it.',
    });
    expect(world.stacks.has('first-half')).toBe(true);
    expect((await portal.environment('first-half')).status).toBe('ready');
    expect(
      (await portal.as(MAYA).get('/environments/first-half/dependents')).body
        .items,
    ).toEqual([
      { reason: "Another group's environment depends on it." },
      { reason: "Another group's environment depends on it." },
    ]);
    const refused = await destroy('first-half').expect(409);
    expect(refused.body.error.message).not.toContain('second-half');

    for (const name of ['second-half', 'third-half']) {
      const gone = (await destroy(name, TOM).expect(202)).body;
      await portal.confirm(gone.runId, TOM);
      await portal.runIs(gone.runId, 'succeeded');
    }
    await portal
      .as(MAYA)
      .post(`/runs/${runId}/commands`, { type: 'retry', stepId: 'apply' })
      .expect(200);
    await portal.runIs(runId, 'succeeded');
    expect(world.stacks.has('first-half')).toBe(false);
  });

  it('is not blocked by another group that names it without the right to', async () => {
    const early = ofPair(follows('held'));
    const check = async (person: string, more: object = ofPayments) =>
      (
        await portal
          .as(person)
          .post(
            '/environment-checks',
            environmentRequest({ ...early, ...more }),
          )
          .expect(200)
      ).body.issues.filter(
        ({ path }: { path: string }) => path === 'parameters.partnerStack',
      );
    // A name that nobody has yet would be somebody's tomorrow.
    expect(await check(TOM)).toEqual([
      {
        path: 'parameters.partnerStack',
        message:
          'No environment of account 123456789012 has the stack slipway-held. Make that one first, then name it.',
      },
    ]);
    await ready('held');
    expect(await check(TOM)).toEqual([
      {
        path: 'parameters.partnerStack',
        message:
          'slipway-held belongs to an environment of another group. Name one of your own groups, or ask somebody who may change both, e.g. an SRE.',
      },
    ]);
    expect(await check(MAYA, {})).toEqual([]);
    expect(await check(SAM)).toEqual([]);
    const request = { ...early, ...ofPayments, name: 'late-squatter' };
    await portal
      .as(TOM)
      .post(
        '/environments',
        environmentRequest({ ...request, cidr: '10.99.0.0/16' }),
      )
      .set('Idempotency-Key', 'late-squatter')
      .expect(400);
    await ready('converted', { ...ofPair(), ...ofPayments }, TOM);
    await follow('converted', 'held', TOM).expect(400);

    expect(
      (await portal.as(MAYA).get('/environments/held/dependents')).body.items,
    ).toEqual([]);
    const { runId } = (await destroy('held').expect(202)).body;
    await portal.confirm(runId);
    await portal.runIs(runId, 'succeeded');
  });

  it('gives nobody the data of another group by a name that is taken again', async () => {
    const gone = async (name: string) => {
      const despite = { despiteDependents: 'Its standby stays' };
      const { runId } = (await destroy(name, SAM, despite).expect(202)).body;
      await portal.confirm(runId, SAM);
      await portal.runIs(runId, 'succeeded');
    };
    const joined = (name: string, primary: string) => {
      block += 1;
      return portal.create(
        {
          name,
          cidr: `10.${block}.0.0/16`,
          ...ofPair(follows(primary)),
          ...ofPayments,
        },
        SAM,
      );
    };
    const confirm = async (runId: string) =>
      portal.as(TOM).post(`/runs/${runId}/confirm`, {
        planHash: (await portal.as(TOM).get(`/runs/${runId}/plan`)).body.plan
          .hash,
      });

    await ready('taken');
    const standing = await joined('standing', 'taken');
    await portal.confirm(standing.runId, TOM);
    await portal.runIs(standing.runId, 'succeeded');
    const { runId: unconfirmed } = await joined('unconfirmed', 'taken');
    await portal.runIs(unconfirmed, 'waiting');
    const { runId: halfMade } = await joined('half-made', 'taken');
    await portal.runIs(halfMade, 'waiting');
    world.failNext.apply = failure('AWS is out of order.');
    await portal.confirm(halfMade, TOM);
    await portal.runIs(halfMade, 'failed');
    const beside = (nodeMin: number) =>
      portal.as(TOM).post('/environments/standing/update', {
        parameters: { ...follows('taken'), nodeMin },
      });
    // What somebody else agreed to stays as it is in what is changed beside it.
    const change = (await beside(2).expect(202)).body;
    await portal.confirm(change.runId, TOM);
    await portal.runIs(change.runId, 'succeeded');
    expect(
      (await portal.as(MAYA).get('/environments/taken/dependents')).body.items,
    ).toHaveLength(3);

    await gone('taken');
    expect((await confirm(unconfirmed)).body.error.message).toContain(
      'No environment has the stack slipway-taken any more',
    );
    await ready('taken');
    const refused = await confirm(unconfirmed);
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toContain('another group has the name');
    const applies = world.applies;
    await portal
      .as(TOM)
      .post(`/runs/${halfMade}/commands`, { type: 'retry', stepId: 'apply' })
      .expect(200);
    const run = await portal.runIs(halfMade, 'failed');
    expect(run.problem?.code).toBe('infra.partner-changed');
    expect(world.applies).toBe(applies);
    await beside(3).expect(400);
    expect(
      (await portal.as(MAYA).get('/environments/taken/dependents')).body.items,
    ).toEqual([]);
  });

  it('leaves a receipt, which says too what nobody could look at', async () => {
    const environment = await ready('receipted');
    const path = `/environments/${environment.id}/receipt`;
    expect((await portal.as(MAYA).get(path)).body).toEqual({ receipt: null });
    await portal.as(MAYA).post(`${path}/scan`).expect(404);
    const { runId } = (await destroy('receipted').expect(202)).body;
    await portal.confirm(runId);
    const run = await portal.runIs(runId, 'succeeded');
    const { plan } = (await portal.as(MAYA).get(`/runs/${runId}/plan`)).body;
    const { receipt } = (await portal.as(MAYA).get(path).expect(200)).body;
    expect(receipt).toMatchObject({
      environmentName: 'receipted',
      runId,
      planId: plan.id,
      requestedBy: MAYA,
      confirmedBy: MAYA,
      destroyedAt: run.steps.find(({ id }) => id === 'apply')!.endedAt,
      deleted: [
        { type: 'AWS::Fake::Thing', id: 'Network', path: 'network' },
        { type: 'AWS::Fake::Thing', id: 'Database', path: 'database' },
      ],
      warnings: ['The database is deleted.'],
      scan: {
        orphans: [],
        regions: [],
        failed: [{ region: 'us-east-1', reason: 'Nothing here calls AWS' }],
      },
    });
    await portal.as(TOM).get(path).expect(404);
    await portal.as(FIONA).post(`${path}/scan`).expect(403);
    const again = (await portal.as(MAYA).post(`${path}/scan`).expect(200)).body;
    expect(again.scan.at > receipt.scan.at).toBe(true);
    expect(portal.audited).toContainEqual({
      eventId: 'leftovers-scan',
      outcome: 'succeeded',
    });
  });
});
