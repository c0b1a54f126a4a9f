import type { EnvironmentUpdate } from '@slipway/plugin-infra-scaffolder-common';
import { StepFailedError } from '@slipway/plugin-runs-node';
import { failure } from '../__testUtils__/FakeEngine';
import { MAYA } from '../__testUtils__/portal';
import { usePortal } from '../__testUtils__/usePortal';

jest.setTimeout(60_000);

const stale = () =>
  new StepFailedError({
    code: 'plan.stale',
    message: 'The stack has changed since the plan was made.',
    mend: 'Plan again and confirm what it shows now.',
  });

describe('a change of an environment', () => {
  const context = usePortal();
  let block = 0;
  const ready = (name: string) => {
    block += 1;
    return context.portal.ready({ name, cidr: `10.${block}.0.0/16` });
  };
  const change = async (id: string, update: EnvironmentUpdate) =>
    (
      await context.portal
        .as(MAYA)
        .post(`/environments/${id}/update`, update)
        .expect(202)
    ).body.runId as string;
  const activity = async (id: string) =>
    (
      await context.portal.as(MAYA).get(`/environments/${id}/activity`)
    ).body.items.map(
      ({ actor, message }: { actor: string; message: string }) =>
        `${actor}: ${message}`,
    );

  afterEach(() => {
    context.world.failNext = {};
  });

  it('is told by who asked for what to become of what, without repeating free text', async () => {
    const { portal, world } = context;
    const { id } = await ready('told');
    const runId = await change(id, {
      size: 'prod',
      parameters: { nodeMax: 12, note: 'hunter two' },
    });
    await portal.runIs(runId, 'waiting');
    expect(world.changeSets).toContain(runId);
    const what = 'size dev → prod, nodeMax 5 → 12, note (text)';
    expect(await activity(id)).toContain(
      `${MAYA}: Asked for a change of told: ${what}.`,
    );
    await portal.confirm(runId);
    await portal.runIs(runId, 'succeeded');
    expect(await portal.environment(id)).toMatchObject({
      size: 'prod',
      parameters: { nodeMax: 12, note: 'hunter two' },
    });
    expect(await activity(id)).toContain(`${MAYA}: Changed told: ${what}.`);
    expect(JSON.stringify(await activity(id))).not.toContain('hunter');
    expect(world.changeSets).not.toContain(runId);
  });

  it('that is cancelled before it was applied leaves no plan behind, and nothing changed', async () => {
    const { portal, world } = context;
    const before = await ready('left');
    const runId = await change(before.id, { size: 'prod' });
    await portal.runIs(runId, 'waiting');
    expect(world.changeSets).toContain(runId);
    await portal
      .as(MAYA)
      .post(`/runs/${runId}/commands`, { type: 'cancel' })
      .expect(200);
    await portal.runIs(runId, 'cancelled');
    expect(world.changeSets).not.toContain(runId);
    expect(await portal.environment(before.id)).toMatchObject({
      status: 'ready',
      size: 'dev',
      statusReason: 'Changing it was cancelled before anything was changed.',
    });
  });

  it('whose plan failed leaves none behind', async () => {
    const { portal, world } = context;
    const { id } = await ready('unplanned');
    world.failNext.plan = failure('AWS cannot plan it.');
    const runId = await change(id, { size: 'prod' });
    await portal.runIs(runId, 'failed');
    expect(world.changeSets).not.toContain(runId);
    expect((await portal.environment(id)).status).toBe('ready');
  });

  it('whose plan is stale changes nothing, leaves none behind, and is planned again', async () => {
    const { portal, world } = context;
    const { id } = await ready('overtaken');
    world.failNext.apply = stale();
    const update = { size: 'prod', parameters: { nodeMax: 9 } };
    const runId = await change(id, update);
    await portal.confirm(runId);
    const run = await portal.runIs(runId, 'failed');
    expect(run.problem?.code).toBe('plan.stale');
    expect(world.changeSets).not.toContain(runId);
    expect(await portal.environment(id)).toMatchObject({
      status: 'ready',
      size: 'dev',
      statusReason: expect.stringContaining(
        'failed before anything was changed',
      ),
    });
    expect(run.inputs.desired).toEqual({
      ...update,
      blueprintVersion: '1.0.0',
    });
    const again = await change(id, run.inputs.desired as EnvironmentUpdate);
    await portal.confirm(again);
    await portal.runIs(again, 'succeeded');
    expect(await portal.environment(id)).toMatchObject({
      status: 'ready',
      ...update,
    });
  });
});
