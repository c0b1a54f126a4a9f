import { environmentRequest, MAYA } from '../__testUtils__/portal';
import { usePortal } from '../__testUtils__/usePortal';

jest.setTimeout(60_000);

describe('from a request to ready and back to nothing', () => {
  const context = usePortal();

  it('plans, waits for a person, applies, records, and destroys', async () => {
    const { portal, world } = context;
    const maya = portal.as(MAYA);
    const proposal = await maya
      .post('/cidr-proposals', {
        accountId: '123456789012',
        region: 'us-east-1',
        prefixLength: 16,
      })
      .expect(200);
    expect(proposal.body).toEqual({ cidr: '10.0.0.0/16' });

    const check = await maya
      .post('/environment-checks', environmentRequest())
      .expect(200);
    expect(check.body).toEqual({ issues: [] });

    const { environment, runId } = await portal.create();
    expect(environment).toMatchObject({
      name: 'shop-dev',
      status: 'planning',
      createdBy: MAYA,
      lastRunId: runId,
      activeRun: { runId, operation: 'create', startedBy: MAYA },
    });

    await portal.runIs(runId, 'waiting');
    expect(world.stacks.size).toBe(0);
    const { plan } = (await maya.get(`/runs/${runId}/plan`).expect(200)).body;
    expect(plan).toMatchObject({
      runId,
      environmentId: environment.id,
      operation: 'create',
      changes: [
        { logicalId: 'Network', action: 'create' },
        { logicalId: 'Database', action: 'create' },
      ],
    });
    expect(plan.id).toBe(plan.hash.slice(0, 12));
    expect(portal.notifications).toEqual([
      expect.objectContaining({
        recipients: { type: 'entity', entityRef: MAYA },
        payload: expect.objectContaining({
          link: `/environments/runs/${runId}`,
        }),
      }),
    ]);

    await maya
      .post(`/runs/${runId}/confirm`, { planHash: plan.hash })
      .expect(204);
    await portal.runIs(runId, 'succeeded');
    expect(JSON.parse(world.stacks.get('shop-dev')!.template)).toEqual({
      cidr: '10.0.0.0/16',
      parameters: { nodeMin: 1, nodeMax: 5, note: '' },
    });
    const ready = await portal.environment('shop-dev', MAYA);
    expect(ready).toMatchObject({
      status: 'ready',
      outputs: [
        { key: 'Endpoint', title: 'Endpoint', value: 'shop-dev.example.test' },
      ],
      engineState: { stackName: 'slipway-shop-dev' },
      allowed: { update: true, destroy: true, freeze: false, schedule: true },
    });
    expect(ready.activeRun).toBeUndefined();
    expect(ready.readyAt).toBeDefined();
    const resources = await maya.get(
      `/environments/${environment.id}/resources`,
    );
    expect(resources.body.items).toHaveLength(2);

    const destroy = await maya
      .post(`/environments/${environment.id}/destroy`, {
        confirmName: 'shop-dev',
      })
      .expect(202);
    await portal.confirm(destroy.body.runId);
    await portal.runIs(destroy.body.runId, 'succeeded');
    expect(world.stacks.size).toBe(0);
    expect(await portal.environment(environment.id)).toMatchObject({
      status: 'destroyed',
      outputs: [],
    });
    expect((await maya.get('/environments')).body).toEqual({
      items: [],
      total: 0,
    });

    const runs = await maya.get(`/environments/${environment.id}/runs`);
    expect(runs.body.items.map((run: { kind: string }) => run.kind)).toEqual([
      'infra.destroy',
      'infra.create',
    ]);
    const activity = await maya.get(`/environments/${environment.id}/activity`);
    expect(
      activity.body.items.map((line: { action: string }) => line.action),
    ).toEqual([
      'run.succeeded',
      'plan.confirmed',
      'environment.destroy-requested',
      'run.succeeded',
      'plan.confirmed',
      'environment.create-requested',
    ]);
    expect(portal.audited).toEqual([
      { eventId: 'environment-create', outcome: 'succeeded' },
      { eventId: 'plan-confirm', outcome: 'succeeded' },
      { eventId: 'environment-destroy', outcome: 'succeeded' },
      { eventId: 'plan-confirm', outcome: 'succeeded' },
    ]);
  });
});
