import type { Plan } from '@slipway/plugin-infra-scaffolder-common';
import { FakeEstimator } from '../__testUtils__/FakeEstimator';
import { MAYA } from '../__testUtils__/portal';
import { usePortal } from '../__testUtils__/usePortal';

jest.setTimeout(60_000);

describe('what plans cost', () => {
  const context = usePortal(
    { approvals: { monthlyAboveUsd: 40, destroy: 'never' } },
    { estimator: new FakeEstimator() },
  );
  const planned = async (runId: string): Promise<Plan> => {
    await context.portal.runIs(runId, 'waiting');
    return (
      await context.portal.as(MAYA).get(`/runs/${runId}/plan`).expect(200)
    ).body.plan;
  };

  it('is told with the plan, decides on approval, and stays with the environment until it is gone', async () => {
    const { portal } = context;
    const created = await portal.create({ name: 'dear', size: 'dev' });
    const plan = await planned(created.runId);
    expect(plan.estimate).toMatchObject({
      pricesOf: '2026-11-01',
      monthlyBeforeUsd: '0.00',
      monthlyUsd: '43.00',
      lines: [{ monthlyUsd: '21.50' }, { monthlyUsd: '21.50' }],
      assumptions: ['Things are used all the time.'],
    });
    expect(plan.approval?.reasons).toEqual([expect.stringContaining('40')]);
    expect(await portal.environment('dear')).not.toHaveProperty('estimate');
    await portal
      .as(MAYA)
      .post(`/runs/${created.runId}/commands`, { type: 'cancel' })
      .expect(200);
  });

  it('is no reason not to plan where it cannot be worked out, but a warning', async () => {
    const { portal } = context;
    const created = await portal.create({
      name: 'priceless',
      cidr: '10.4.0.0/16',
    });
    const plan = await planned(created.runId);
    expect(plan).not.toHaveProperty('estimate');
    expect(plan.warnings).toContain(
      'What it costs could not be worked out: the price list cannot be read',
    );
  });
});

describe('what environments cost', () => {
  const context = usePortal(undefined, { estimator: new FakeEstimator() });

  it('is what their last applied plan said, until they are gone', async () => {
    const { portal } = context;
    const { id } = await portal.ready({ name: 'kept' });
    const { estimate } = await portal.environment('kept');
    expect(estimate).toEqual({
      monthlyUsd: '43.00',
      pricesOf: '2026-11-01',
      planId: expect.stringMatching(/^[0-9a-f]{12}$/),
    });

    const { body } = await portal
      .as(MAYA)
      .post(`/environments/${id}/destroy`, { confirmName: 'kept' })
      .expect(202);
    await portal.runIs(body.runId, 'waiting');
    expect((await portal.environment(id)).estimate).toEqual(estimate);
    await portal.confirm(body.runId);
    await portal.runIs(body.runId, 'succeeded');
    expect((await portal.environment(id)).estimate?.monthlyUsd).toBe('0.00');
  });
});
