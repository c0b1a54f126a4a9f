import { mockCredentials } from '@backstage/backend-test-utils';
import { environmentRequest, MAYA } from '../__testUtils__/portal';
import { usePortal } from '../__testUtils__/usePortal';

jest.setTimeout(60_000);

describe('what takes a person', () => {
  const context = usePortal();
  const program = () => context.portal.as('plugin:scaffolder');

  it('is to ask for an environment, its change and its end: a program asks as nobody', async () => {
    const { portal } = context;
    const { body } = await program()
      .post('/environments', environmentRequest({ name: 'by-nobody' }))
      .set('Idempotency-Key', 'by-nobody')
      .expect(403);
    expect(body.error.message).toContain('as the person that it works for');
    const { id } = await portal.ready({ name: 'kept', cidr: '10.1.0.0/16' });
    await program()
      .post(`/environments/${id}/update`, { size: 'prod' })
      .expect(403);
    await program()
      .post(`/environments/${id}/destroy`, { confirmName: 'kept' })
      .expect(403);
    const { activeRun, status } = await portal.environment(id);
    expect({ activeRun, status }).toEqual({ status: 'ready' });
  });

  it('is to confirm: neither a program does, nor one on behalf of a person', async () => {
    const { portal, world } = context;
    const { runId } = await portal.create({
      name: 'unconfirmed',
      cidr: '10.2.0.0/16',
    });
    await portal.runIs(runId, 'waiting');
    const { plan } = (await portal.as(MAYA).get(`/runs/${runId}/plan`)).body;
    const body = { planHash: plan.hash };
    await program().post(`/runs/${runId}/confirm`, body).expect(403);
    const refused = await portal.agent
      .post(`/api/infra-scaffolder/runs/${runId}/confirm`)
      .set(
        'Authorization',
        `Bearer ${mockCredentials.user.token(MAYA, {
          actor: { subject: 'plugin:mcp-actions' },
        })}`,
      )
      .send(body)
      .expect(403);
    expect(refused.body.error.message).toBe(
      'Only a person confirms a plan, in the portal.',
    );
    expect((await portal.run(runId)).state).toBe('waiting');
    expect(world.stacks.has('unconfirmed')).toBe(false);
    await portal.confirm(runId);
    await portal.runIs(runId, 'succeeded');
  });
});
