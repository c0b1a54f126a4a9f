import { renderTestApp } from '@backstage/frontend-test-utils';
import type { PolicyFinding } from '@slipway/plugin-infra-scaffolder-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import plugin, { infraApiRef } from '..';
import {
  FakeInfraApi,
  playPlan,
  sampleEnvironment,
  sampleExemption,
  sampleFinding,
  samplePlan,
  sampleRun,
} from '../testing';

jest.setTimeout(60_000);

function withFindings(findings: PolicyFinding[]) {
  const api = new FakeInfraApi();
  api.environments = [sampleEnvironment()];
  api.runs.set('r1', sampleRun());
  playPlan(api, 'r1', samplePlan({ findings }));
  return api;
}

function open(api: FakeInfraApi, address: string) {
  return renderTestApp({
    features: [plugin],
    initialRouteEntries: [address],
    apis: [[infraApiRef, api]],
  });
}

const RUN = '/environments/shop-dev/runs/r1';
const WARNED = sampleFinding({
  rule: 'no-plain-http',
  title: 'Users are led to HTTPS',
  effect: 'warn',
  path: 'edge/http',
  message: 'The listener on port 80 answers without TLS.',
  mend: 'Give the environment a domain name.',
});
const EXEMPT = sampleFinding({
  path: 'database/replica',
  exemption: {
    owner: 'group:default/storefront',
    reason: 'A drill.',
    until: '2100-01-01T00:00:00.000Z',
  },
});

describe('what policies say of a plan', () => {
  it('names resource, rule and mend, and keeps the plan from being confirmed', async () => {
    open(withFindings([WARNED, EXEMPT, sampleFinding()]), RUN);
    const panel = within(
      await screen.findByRole('region', { name: 'Policy findings' }),
    );
    expect(
      panel.getAllByRole('heading').map(({ textContent }) => textContent),
    ).toEqual([
      'Keeps plans from being applied: 1 finding',
      'Exempt: 1 finding',
      'To be known: 1 finding',
    ]);
    const denied = within(panel.getAllByRole('listitem')[0]);
    expect(denied.getByText('database/instance')).toBeInTheDocument();
    expect(
      denied.getByText(
        'The database gets a public address. Set PubliclyAccessible to false.',
      ),
    ).toBeInTheDocument();
    expect(
      denied.getByRole('link', {
        name: 'No database can be reached from outside',
      }),
    ).toHaveAttribute('href', '/policies?rule=no-public-database');
    expect(panel.getByText(/answers for it: A drill\./).textContent).toMatch(
      /^Exempt until .*2100.*; storefront answers for it/,
    );
    expect(
      screen.getByRole('button', { name: /^Create shop-dev/ }),
    ).toBeDisabled();
    expect(
      screen.getByText(/1 policy finding keeps it from being applied\./),
    ).toBeInTheDocument();
  });

  it('lets a plan be confirmed that is only warned of', async () => {
    open(withFindings([WARNED, EXEMPT]), RUN);
    expect(
      await screen.findByRole('button', { name: /^Create shop-dev/ }),
    ).toBeEnabled();
  });

  it('leads who may to an exemption, with somebody who answers for it and an end', async () => {
    const api = withFindings([sampleFinding()]);
    open(api, RUN);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Exempt it' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await waitFor(() =>
      expect(dialog.getByLabelText('Resources')).toHaveValue(
        'database/instance',
      ),
    );
    expect(dialog.getByLabelText('Who answers for it')).toHaveValue(
      'group:default/storefront',
    );
    const until = dialog.getByLabelText('Holds until the end of (UTC)');
    await userEvent.clear(until);
    await userEvent.type(until, '2027-01-31');
    await userEvent.type(
      dialog.getByLabelText('Why it is left as it is'),
      'A drill.',
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Exempt it' }));
    expect(api.calls).toContainEqual([
      'grantExemption',
      {
        rule: 'no-public-database',
        environmentId: 'e1',
        resourcePattern: 'database/instance',
        owner: 'group:default/storefront',
        reason: 'A drill.',
        expiresAt: '2027-01-31T23:59:59Z',
      },
    ]);
  });

  it('lets who looks after it ask, and who may decide', async () => {
    const api = withFindings([sampleFinding()]);
    api.mayGrant = false;
    open(api, RUN);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Ask for an exemption' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.queryByRole('checkbox')).toBeNull();
    await userEvent.type(
      dialog.getByLabelText('Why it is left as it is'),
      'A drill.',
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Ask for it' }));
    expect(api.calls[0][0]).toBe('askForExemption');
    expect(
      await screen.findByText(/maya asks for an exemption/),
    ).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Grant it' })).toBeNull();
  });

  it('shows an approver what is asked for', async () => {
    const api = withFindings([sampleFinding()]);
    api.exemptions = [sampleExemption({ state: 'asked' })];
    open(api, RUN);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Grant it' }),
    );
    await userEvent.click(
      within(await screen.findByRole('dialog')).getByRole('button', {
        name: 'Grant this exemption',
      }),
    );
    expect(api.calls).toContainEqual(['grantAskedExemption', 'x1']);
  });
});

describe('the page of policies', () => {
  it('lists the rules, and opens the one that a finding leads to', async () => {
    open(new FakeInfraApi(), '/policies?rule=no-public-database');
    expect(
      await screen.findByText('Plans are held to 2 rules.'),
    ).toBeInTheDocument();
    expect(
      await screen.findByText(/resource has PubliclyAccessible/),
    ).toBeInTheDocument();
    expect(screen.getByText('Off')).toBeInTheDocument();
    expect(screen.queryByText(/bounds\.nodes/)).toBeNull();
  });

  it('lists exemptions, those that wait first, and lets who may end one', async () => {
    const api = new FakeInfraApi();
    api.exemptions = [
      sampleExemption({ id: 'old', state: 'expired' }),
      sampleExemption(),
      sampleExemption({ id: 'x2', state: 'asked', environment: undefined }),
    ];
    open(api, '/policies?tab=exemptions');
    expect(
      await screen.findByText(
        'Plans are held to 2 rules; 1 exemption holds; 1 request waits.',
      ),
    ).toBeInTheDocument();
    const rows = screen.getAllByRole('row').map(row => row.textContent);
    expect(rows.filter(row => /Asked for|Holds|Expired/.test(row!))).toEqual([
      expect.stringContaining('Every environment'),
      expect.stringContaining('Holds'),
      expect.stringContaining('Expired'),
    ]);
    await userEvent.click(screen.getByRole('button', { name: 'Take back' }));
    await userEvent.click(
      within(await screen.findByRole('dialog')).getByRole('button', {
        name: 'Take back this exemption',
      }),
    );
    expect(api.calls).toContainEqual(['endExemption', 'x1']);
  });

  it('is a page when nothing is exempt, when nothing checks, and when it cannot be read', async () => {
    const api = new FakeInfraApi();
    api.isChecked = false;
    api.rules = [];
    const { unmount } = open(api, '/policies?tab=exemptions');
    expect(await screen.findByText('Nothing is exempt')).toBeInTheDocument();
    expect(
      screen.getByText('Plans are held to no rules: no module checks them.'),
    ).toBeInTheDocument();
    unmount();
    api.failure = new Error('The back end is away');
    open(api, '/policies');
    expect(
      await screen.findByText('The rules could not be read'),
    ).toBeInTheDocument();
  });
});

describe('the page of an environment', () => {
  it('tells what is against a rule as it stands, by which plan, and leads to an exemption', async () => {
    const api = new FakeInfraApi();
    api.environments = [sampleEnvironment()];
    api.appliedFindings = {
      findings: [sampleFinding()],
      planId: '7f3a1b2c4d5e',
      runId: 'r1',
      appliedAt: '2026-11-20T10:04:00.000Z',
    };
    open(api, '/environments/shop-dev?tab=policies');
    expect(
      await screen.findByRole('link', { name: 'plan 7f3a1b2c4d5e' }),
    ).toHaveAttribute('href', '/environments/shop-dev/runs/r1');
    expect(
      await screen.findByRole('button', { name: 'Exempt it' }),
    ).toBeInTheDocument();
  });

  it('has a word for nothing found and nothing applied', async () => {
    const api = new FakeInfraApi();
    api.environments = [sampleEnvironment()];
    const { unmount } = open(api, '/environments/shop-dev?tab=policies');
    expect(await screen.findByText('Nothing to judge yet')).toBeInTheDocument();
    unmount();
    api.appliedFindings = {
      findings: [],
      planId: '7f3a1b2c4d5e',
      runId: 'r1',
      appliedAt: '2026-11-20T10:04:00.000Z',
    };
    open(api, '/environments/shop-dev?tab=policies');
    expect(
      await screen.findByText('Nothing is against a rule'),
    ).toBeInTheDocument();
  });
});
