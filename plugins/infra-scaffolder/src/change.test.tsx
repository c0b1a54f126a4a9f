import { ConflictError } from '@backstage/errors';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import plugin, { infraApiRef } from '.';
import {
  FakeInfraApi,
  playConfirm,
  playPlan,
  playStale,
  sampleBlueprint,
  sampleEnvironment,
  sampleRun,
  sampleUpdatePlan,
} from './testing';

function open(api: FakeInfraApi, address: string) {
  return renderTestApp({
    features: [plugin],
    initialRouteEntries: [address],
    apis: [[infraApiRef, api]],
  });
}

function withEnvironment(part: Parameters<typeof sampleEnvironment>[0] = {}) {
  const api = new FakeInfraApi();
  api.environments = [sampleEnvironment(part)];
  api.runs.set('r1', updateRun());
  return api;
}

const desired = {
  size: 'small',
  parameters: { databaseStorageGb: 60 },
  blueprintVersion: '1.0.0',
};

function updateRun() {
  return sampleRun({
    kind: 'infra.update',
    title: 'Change shop-dev',
    inputs: { desired },
  });
}

const since = '2026-11-21T10:00:00.000Z';

describe('the form of a change', () => {
  it('opens filled, marks each change with the way back, and asks for exactly that', async () => {
    const api = withEnvironment();
    open(api, '/environments/shop-dev');
    await userEvent.click(await screen.findByText('Change…'));
    expect(
      await screen.findByRole('button', { name: 'Nothing is changed' }),
    ).toBeDisabled();
    expect(screen.getByLabelText('Storage')).toHaveValue('50');
    expect(screen.getByText('10.0.0.0/16')).toBeInTheDocument();
    expect(screen.queryByLabelText('CIDR')).not.toBeInTheDocument();

    await userEvent.clear(screen.getByLabelText('Storage'));
    await userEvent.type(screen.getByLabelText('Storage'), '60');
    await userEvent.click(screen.getByRole('radio', { name: /^Small/ }));
    expect(
      await screen.findByText(/^4 changes: Size Dev → Small, Most nodes 3/),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Back to 3 nodes (Most nodes)' }),
    );
    expect(screen.getByLabelText('Most nodes')).toHaveValue('3');
    await userEvent.click(
      screen.getByRole('button', { name: 'Plan 3 changes' }),
    );
    expect(api.calls).toEqual([
      [
        'updateEnvironment',
        'e1',
        {
          size: 'small',
          parameters: { databaseStorageGb: 60, nodeMaxSize: 3 },
          blueprintVersion: '1.0.0',
        },
      ],
    ]);
    expect(
      await screen.findByRole('tab', { name: 'Progress' }),
    ).toBeInTheDocument();
  });

  it('keeps from being sent while a value is wrong, or when it is refused', async () => {
    const api = withEnvironment();
    api.updateEnvironment = async () => {
      throw new ConflictError('shop-dev is held by tom.');
    };
    open(api, '/environments/shop-dev/change');
    const field = await screen.findByLabelText('Storage');
    await userEvent.clear(field);
    await userEvent.type(field, '5');
    expect(
      await screen.findByText('Between 20 and 1000 GB.'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Plan 1 change' }),
    ).toBeDisabled();
    await userEvent.type(field, '5');
    await userEvent.click(
      screen.getByRole('button', { name: 'Plan 1 change' }),
    );
    expect(
      await screen.findByText(/shop-dev is held by tom/),
    ).toBeInTheDocument();
  });

  it('offers a newer version with what it says of itself', async () => {
    const api = withEnvironment();
    api.blueprints = [
      {
        ...sampleBlueprint,
        version: '1.1.0',
        description: 'Now with two replicas.',
      },
      sampleBlueprint,
      { ...sampleBlueprint, version: '0.9.0' },
    ];
    open(api, '/environments/shop-dev/change');
    await userEvent.click(await screen.findByLabelText('Blueprint version'));
    expect(
      (await screen.findAllByRole('option')).map(each => each.textContent),
    ).toEqual(['1.0.0, as it is', '1.1.0']);
    await userEvent.click(screen.getByRole('option', { name: '1.1.0' }));
    expect(
      await screen.findByText(/Now with two replicas/),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Plan 1 change' }),
    );
    expect(api.calls[0][2]).toMatchObject({ blueprintVersion: '1.1.0' });
  });

  it.each([
    [
      'a run is at work',
      {
        activeRun: {
          runId: 'r1',
          operation: 'destroy' as const,
          startedBy: 'user:default/tom',
          since,
        },
      },
      /Destroying is at work, started by tom since/,
    ],
    [
      'it is frozen',
      { freeze: { by: 'user:default/sam', reason: 'Drill.', since } },
      /frozen by sam: Drill/,
    ],
    [
      'it is leased',
      {
        lease: {
          id: 'l1',
          by: 'plugin:dr-console',
          reason: 'Failover',
          since,
          until: since,
        },
      },
      /dr-console works on it: Failover/,
    ],
    [
      'it was never ready',
      { readyAt: undefined, status: 'failed' as const },
      /never ready/,
    ],
  ])('is barred while %s, and says why', async (_, part, why) => {
    const api = withEnvironment(part);
    const view = open(api, '/environments/shop-dev');
    const action = await screen.findByText('Change…');
    expect(action).toHaveAttribute('aria-disabled', 'true');
    expect(action.getAttribute('aria-description')).toMatch(why);
    view.unmount();
    open(api, '/environments/shop-dev/change');
    const button = await screen.findByRole('button', {
      name: 'Nothing is changed',
    });
    expect(button).toBeDisabled();
    expect(button.getAttribute('aria-description')).toMatch(why);
    const links = screen.queryAllByRole('link', { name: 'Look at the run' });
    expect(links.map(link => link.getAttribute('href'))).toEqual(
      'activeRun' in part ? ['/environments/shop-dev/runs/r1'] : [],
    );
  });

  it('is barred for those who may not', async () => {
    const api = withEnvironment();
    api.allowed = {
      update: false,
      destroy: false,
      freeze: false,
      schedule: false,
    };
    open(api, '/environments/shop-dev/change');
    expect(
      await screen.findByText(/Only storefront, an SRE or an admin/),
    ).toBeInTheDocument();
  });
});

describe('the run of a change', () => {
  it('says in its sentence and by resource what is replaced, and what becomes of it', async () => {
    const api = withEnvironment();
    playPlan(api, 'r1', sampleUpdatePlan());
    open(api, '/environments/shop-dev/runs/r1');
    expect(
      await screen.findByText(
        /2 to change and 1 to replace \(database\/instance: it is unavailable while it is replaced, and its data are lost unless/,
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        'database/instance is replaced because StorageEncrypted changes',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/database\/replica is interrupted because/),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('tab', { name: 'Inputs' }));
    expect(await screen.findByText(/^60 GB/)).toBeInTheDocument();
  });

  it('that is stale is planned again in one click', async () => {
    const api = withEnvironment();
    playPlan(api, 'r1', sampleUpdatePlan());
    playConfirm(api);
    open(api, '/environments/shop-dev/runs/r1');
    expect(
      await screen.findByRole('tab', { name: 'Progress' }),
    ).toBeInTheDocument();
    expect(screen.queryByText('Plan again')).not.toBeInTheDocument();
    act(() => playStale(api));
    await userEvent.click(
      await screen.findByRole('button', { name: 'Plan again' }),
    );
    await waitFor(() =>
      expect(api.calls).toEqual([['updateEnvironment', 'e1', desired]]),
    );
  });
});
