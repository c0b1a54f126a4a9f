import { ADA, MAYA, OLU, SAM, TOM } from '../__testUtils__/portal';
import { usePortal } from '../__testUtils__/usePortal';

jest.setTimeout(60_000);

const SECONDS_OF_A_DAY = 24 * 60 * 60;

function useApprovals(approvals: object) {
  const context = usePortal({ approvals });
  let block = 0;
  return {
    context,
    /** A production environment that its author has confirmed. */
    async confirmed(name: string, person = MAYA) {
      block += 1;
      const { portal } = context;
      const created = await portal.create(
        { name, size: 'prod', cidr: `10.${block}.0.0/16` },
        person,
      );
      await portal.confirm(created.runId, person);
      const approval = await portal.until('it awaits approval', async () => {
        const { body } = await portal
          .as(SAM)
          .get(`/runs/${created.runId}/approval`);
        return body.approval;
      });
      await portal.runIs(created.runId, 'waiting');
      return { ...created, planHash: approval.planHash as string };
    },
    decide(person: string, runId: string, body: object) {
      return context.portal.as(person).post(`/runs/${runId}/approval`, body);
    },
  };
}

describe('a plan that policy holds back', () => {
  const { context, confirmed, decide } = useApprovals({
    notify: ['group:default/approvers'],
  });

  it('is applied once somebody else has approved exactly it, and both are told', async () => {
    const { portal, world } = context;
    const { runId, planHash, environment } = await confirmed('approved');
    const { plan } = (await portal.as(ADA).get(`/runs/${runId}/plan`)).body;
    expect(plan.approval.reasons).toEqual(['Creates a production environment']);
    expect(world.stacks.has('approved')).toBe(false);
    const inbox = (await portal.as(ADA).get('/approvals?state=waiting')).body;
    expect(inbox.items).toContainEqual(
      expect.objectContaining({
        runId,
        planHash,
        environmentName: 'approved',
        authors: [MAYA],
        state: 'waiting',
        mayDecide: true,
      }),
    );
    expect(
      (await portal.as(MAYA).get('/approvals?state=waiting')).body.items,
    ).toContainEqual(expect.objectContaining({ runId, mayDecide: false }));
    expect((await portal.as(TOM).get('/approvals')).body.items).toEqual([]);

    await decide(ADA, runId, {
      decision: 'approve',
      planHash,
      comment: 'As agreed',
    }).expect(200);
    await portal.runIs(runId, 'succeeded');
    expect(world.stacks.has('approved')).toBe(true);
    expect(portal.audited).toContainEqual({
      eventId: 'plan-approve',
      outcome: 'succeeded',
    });
    const { items } = (
      await portal.as(MAYA).get(`/environments/${environment.id}/activity`)
    ).body;
    expect(items).toContainEqual(
      expect.objectContaining({
        actor: ADA,
        action: 'plan.approved',
        message: `Approved plan ${plan.id} of "Create approved": As agreed.`,
      }),
    );
    const told = portal.notifications.map(({ recipients, payload }) => ({
      to: recipients.type === 'entity' ? recipients.entityRef : undefined,
      title: payload.title,
    }));
    expect(told).toContainEqual({
      to: ['group:default/approvers'],
      title: 'Create approved: the plan awaits approval',
    });
    expect(told).toContainEqual({
      to: [MAYA],
      title: 'Create approved: the plan was approved',
    });
  });

  it('is never approved by its author, whatever their rights, nor by who has no right, nor by a plugin', async () => {
    const { portal, world } = context;
    const ofSam = await confirmed('of-sam', SAM);
    const approve = { decision: 'approve', planHash: ofSam.planHash };
    const refused = await decide(SAM, ofSam.runId, approve).expect(403);
    expect(refused.body.error.message).toContain('Somebody else has to decide');
    const ofMaya = await confirmed('of-maya');
    await decide(MAYA, ofMaya.runId, {
      ...approve,
      planHash: ofMaya.planHash,
    }).expect(403);
    await decide(TOM, ofMaya.runId, {
      ...approve,
      planHash: ofMaya.planHash,
    }).expect(404);
    await decide('plugin:scaffolder', ofMaya.runId, {
      ...approve,
      planHash: ofMaya.planHash,
    }).expect(403);
    expect(
      (await portal.as(MAYA).get(`/runs/${ofMaya.runId}/approval`)).body
        .mayDecide.allowed,
    ).toBe(false);
    expect(world.stacks.has('of-sam')).toBe(false);
    expect(world.stacks.has('of-maya')).toBe(false);
    expect(portal.audited).toContainEqual({
      eventId: 'plan-approve',
      outcome: 'failed',
    });
  });

  it('is not approved by the hash of another plan, nor before it is confirmed', async () => {
    const { portal, world } = context;
    const one = await confirmed('one');
    const other = await confirmed('other');
    const refused = await decide(ADA, one.runId, {
      decision: 'approve',
      planHash: other.planHash,
    }).expect(409);
    expect(refused.body.error.message).toContain('The plan has changed');

    const early = await portal.create({
      name: 'early',
      size: 'prod',
      cidr: '10.200.0.0/16',
    });
    await portal.runIs(early.runId, 'waiting');
    const { plan } = (await portal.as(ADA).get(`/runs/${early.runId}/plan`))
      .body;
    await decide(ADA, early.runId, {
      decision: 'approve',
      planHash: plan.hash,
    }).expect(409);
    expect(world.stacks.has('one')).toBe(false);
  });

  it('is decided on once, also by two at once', async () => {
    const { portal } = context;
    const { runId, planHash } = await confirmed('raced');
    const answers = await Promise.all([
      decide(ADA, runId, { decision: 'approve', planHash }),
      decide(OLU, runId, { decision: 'reject', planHash, comment: 'No' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const isApproved = answers[0].status === 200;
    await portal.runIs(runId, isApproved ? 'succeeded' : 'cancelled');
  });

  it('ends its run in a clean state when it is rejected, with the reason', async () => {
    const { portal, world } = context;
    const { runId, planHash, environment } = await confirmed('rejected');
    await decide(ADA, runId, { decision: 'reject', planHash }).expect(400);
    await decide(ADA, runId, {
      decision: 'reject',
      planHash,
      comment: 'Too large for the trial',
    }).expect(200);
    await portal.runIs(runId, 'cancelled');
    expect((await portal.environment(environment.id)).status).toBe('cancelled');
    expect(world.stacks.has('rejected')).toBe(false);
    const { approval } = (await portal.as(MAYA).get(`/runs/${runId}/approval`))
      .body;
    expect(approval).toMatchObject({
      state: 'rejected',
      decidedBy: ADA,
      comment: 'Too large for the trial',
    });
    await decide(OLU, runId, { decision: 'approve', planHash }).expect(409);
  });

  it('is not applied where the approval was taken back before the apply began', async () => {
    const { portal, world } = context;
    const { runId, planHash, environment } = await confirmed('taken-back');
    const command = (type: string) =>
      portal.as(MAYA).post(`/runs/${runId}/commands`, { type }).expect(200);
    await command('pause');
    await decide(ADA, runId, { decision: 'approve', planHash }).expect(200);
    const revoke = { decision: 'revoke', planHash, comment: 'Wrong region' };
    await decide(OLU, runId, { decision: 'revoke', planHash }).expect(400);
    await decide(MAYA, runId, revoke).expect(403);
    await decide('plugin:scaffolder', runId, revoke).expect(403);

    await decide(OLU, runId, revoke).expect(200);
    await portal.runIs(runId, 'cancelled');
    expect(world.stacks.has('taken-back')).toBe(false);
    expect(await portal.environment(environment.id)).toMatchObject({
      status: 'cancelled',
      statusReason: expect.stringContaining('before anything was changed'),
    });
    const { approval } = (await portal.as(MAYA).get(`/runs/${runId}/approval`))
      .body;
    expect(approval).toMatchObject({
      state: 'revoked',
      decidedBy: ADA,
      revokedBy: OLU,
      comment: 'Wrong region',
    });
    await decide(ADA, runId, { decision: 'approve', planHash }).expect(409);
    expect(portal.audited).toContainEqual({
      eventId: 'plan-approval-revoke',
      outcome: 'succeeded',
    });
    expect(portal.notifications.map(({ payload }) => payload.title)).toContain(
      'Create taken-back: the approval was taken back',
    );
  });

  it('keeps its approval once the apply has begun', async () => {
    const { portal } = context;
    const { runId, planHash } = await confirmed('begun');
    await decide(ADA, runId, { decision: 'approve', planHash }).expect(200);
    await portal.runIs(runId, 'succeeded');
    const refused = await decide(ADA, runId, {
      decision: 'revoke',
      planHash,
      comment: 'Too late',
    }).expect(409);
    expect(refused.body.error.message).toContain(
      'its approval cannot be taken back any more',
    );
    const { approval } = (await portal.as(ADA).get(`/runs/${runId}/approval`))
      .body;
    expect(approval).toMatchObject({ state: 'approved', decidedBy: ADA });
  });

  it('awaits nobody any more once its run was cancelled', async () => {
    const { portal } = context;
    const { runId, planHash } = await confirmed('cancelled');
    await portal
      .as(MAYA)
      .post(`/runs/${runId}/commands`, { type: 'cancel' })
      .expect(200);
    await portal.runIs(runId, 'cancelled');
    await decide(ADA, runId, { decision: 'approve', planHash }).expect(409);
    const { approval } = (await portal.as(ADA).get(`/runs/${runId}/approval`))
      .body;
    expect(approval.state).toBe('withdrawn');
  });
});

describe('a plan that nobody approved in time', () => {
  const { context, confirmed, decide } = useApprovals({
    lapsesAfterDays: 4 / SECONDS_OF_A_DAY,
  });

  it('lapses: it is neither approved nor applied, and what is planned anew awaits anew', async () => {
    const { portal, world } = context;
    const { runId, planHash } = await confirmed('lapsed');
    const run = await portal.runIs(runId, 'failed');
    expect(run.problem).toMatchObject({ code: 'approval.lapsed' });
    await decide(ADA, runId, { decision: 'approve', planHash }).expect(409);
    expect(world.stacks.has('lapsed')).toBe(false);
    expect(
      (await portal.as(ADA).get('/approvals?state=lapsed')).body.items,
    ).toContainEqual(expect.objectContaining({ runId, state: 'lapsed' }));
  });
});
