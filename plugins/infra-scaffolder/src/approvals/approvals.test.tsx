import { renderTestApp } from '@backstage/frontend-test-utils';
import type { Approval } from '@slipway/plugin-infra-scaffolder-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import plugin, { infraApiRef } from '..';
import {
  FakeInfraApi,
  playPlan,
  sampleEnvironment,
  samplePlan,
  sampleRun,
} from '../testing';

const REASONS = ['Creates a production environment'];
const EXPIRES_AT = '2100-01-01T00:00:00.000Z';

function withApproval(part: Partial<Approval> = {}) {
  const api = new FakeInfraApi();
  api.environments = [sampleEnvironment()];
  api.runs.set('r1', sampleRun());
  playPlan(api);
  const plan = {
    ...(api.plans.get('r1') ?? samplePlan()),
    approval: { reasons: REASONS, expiresAt: EXPIRES_AT },
  };
  api.plans.set('r1', plan);
  api.approvals.set('r1', {
    runId: 'r1',
    planHash: plan.hash,
    environmentId: plan.environmentId,
    environmentName: 'shop-dev',
    operation: 'create',
    runTitle: 'Create shop-dev',
    state: 'waiting',
    authors: ['user:default/maya'],
    reasons: REASONS,
    requestedAt: '2026-11-25T08:00:00.000Z',
    expiresAt: EXPIRES_AT,
    ...part,
  });
  return { api, plan };
}

function open(api: FakeInfraApi, address: string) {
  return renderTestApp({
    features: [plugin],
    initialRouteEntries: [address],
    apis: [[infraApiRef, api]],
  });
}

describe('a plan that awaits approval', () => {
  it('says why, and is approved by exactly what is shown', async () => {
    const { api, plan } = withApproval();
    open(api, '/environments/shop-dev/runs/r1');
    expect(
      await screen.findByText('Creates a production environment'),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Approve…' }));
    await userEvent.click(
      within(await screen.findByRole('dialog')).getByRole('button', {
        name: 'Approve this plan',
      }),
    );
    expect(api.calls).toContainEqual([
      'decideOnPlan',
      'r1',
      { decision: 'approve', planHash: plan.hash },
    ]);
    expect(await screen.findByText(/Approved by ada/i)).toBeInTheDocument();
  });

  it('is rejected with a reason only', async () => {
    const { api, plan } = withApproval();
    open(api, '/environments/shop-dev/runs/r1');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Reject…' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    const reject = dialog.getByRole('button', { name: 'Reject this plan' });
    expect(reject).toBeDisabled();
    await userEvent.type(dialog.getByRole('textbox'), 'Too large');
    await userEvent.click(reject);
    expect(api.calls).toContainEqual([
      'decideOnPlan',
      'r1',
      { decision: 'reject', planHash: plan.hash, comment: 'Too large' },
    ]);
  });

  it('tells its author why they may not decide', async () => {
    const { api } = withApproval();
    api.mayDecide = {
      allowed: false,
      reason:
        'You asked for this or confirmed it. Somebody else has to decide.',
    };
    open(api, '/environments/shop-dev/runs/r1');
    expect(
      await screen.findByRole('button', { name: 'Approve…' }),
    ).toBeDisabled();
    expect(
      screen.getByText(/Somebody else has to decide\./),
    ).toBeInTheDocument();
  });
});

describe('beside the decision', () => {
  it('stand what the plan costs and what the policies found', async () => {
    const { api, plan } = withApproval();
    api.plans.set('r1', {
      ...plan,
      estimate: {
        pricesOf: '2026-11-01',
        region: 'us-east-1',
        monthlyBeforeUsd: '100.00',
        monthlyUsd: '1235.70',
        lines: [],
        unpriced: [],
        assumptions: [],
      },
      findings: [
        {
          rule: 'no-plain-http',
          title: 'Traffic is encrypted',
          effect: 'warn',
          message: 'The listener speaks HTTP.',
          mend: 'Give it a certificate.',
        },
        {
          rule: 'no-public-database',
          title: 'Databases are private',
          effect: 'deny',
          path: 'database/DBInstance1',
          message: 'It can be reached from anywhere.',
          mend: 'Turn PubliclyAccessible off.',
        },
      ],
    });
    open(api, '/environments/shop-dev/runs/r1');
    const panel = within(
      (await screen.findByRole('heading', { name: 'Approval' })).closest(
        'section',
      )!,
    );
    expect(panel.getByText('$1,235.70 a month')).toBeInTheDocument();
    expect(panel.getByText(/\+\$1,135\.70/)).toBeInTheDocument();
    const [first, second] = panel
      .getAllByRole('listitem')
      .filter(item => /Denied|Warning/.test(item.textContent ?? ''));
    expect(first).toHaveTextContent(
      'Denied Databases are private: database/DBInstance1',
    );
    expect(second).toHaveTextContent('Warning Traffic is encrypted');
    expect(panel.getByText('31 to add')).toBeInTheDocument();
    expect(panel.getByText('maya')).toBeInTheDocument();
  });
});

describe('a plan that is approved', () => {
  const approved = {
    state: 'approved' as const,
    decidedBy: 'user:default/olu',
    decidedAt: '2026-11-25T09:00:00.000Z',
  };

  it('can be taken back with a reason until it is applied', async () => {
    const { api, plan } = withApproval(approved);
    open(api, '/environments/shop-dev/runs/r1');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Take the approval back…' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.type(dialog.getByRole('textbox'), 'Wrong region');
    await userEvent.click(
      dialog.getByRole('button', { name: 'Take the approval back' }),
    );
    expect(api.calls).toContainEqual([
      'decideOnPlan',
      'r1',
      { decision: 'revoke', planHash: plan.hash, comment: 'Wrong region' },
    ]);
    expect(
      await screen.findByText(/Approval taken back by ada/),
    ).toBeInTheDocument();
  });

  it('cannot once it is applied', async () => {
    const { api } = withApproval({
      ...approved,
      usedAt: '2026-11-25T09:00:01.000Z',
    });
    open(api, '/environments/shop-dev/runs/r1');
    expect(await screen.findByText(/Approved by olu/)).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Take the approval back…' }),
    ).toBeNull();
  });
});

describe('the inbox', () => {
  it('lists what awaits a decision and leads there', async () => {
    const { api } = withApproval();
    open(api, '/approvals');
    expect(
      await screen.findByText('1 plan awaits your decision.'),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('link', { name: 'Create shop-dev' }),
    ).toHaveAttribute('href', '/environments/shop-dev/runs/r1');
  });

  it('is a page when it is empty', async () => {
    open(new FakeInfraApi(), '/approvals');
    expect(
      await screen.findByText('Nothing awaits approval'),
    ).toBeInTheDocument();
  });
});
