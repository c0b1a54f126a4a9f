import { renderTestApp } from '@backstage/frontend-test-utils';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import plugin, { infraApiRef } from '..';
import { driftApiRef } from '../api';
import {
  FakeDriftApi,
  FakeInfraApi,
  sampleAcceptance,
  sampleDrift,
  sampleEnvironment,
  sampleFleetDrift,
} from '../testing';

function open(
  drift: FakeDriftApi,
  address = '/environments/shop-dev?tab=drift',
  infra = new FakeInfraApi(),
) {
  infra.environments = [sampleEnvironment()];
  renderTestApp({
    features: [plugin],
    initialRouteEntries: [address],
    apis: [
      [infraApiRef, infra],
      [driftApiRef, drift],
    ],
  });
  return infra;
}

function drifted(): FakeDriftApi {
  const drift = new FakeDriftApi();
  drift.report = sampleDrift();
  drift.acceptance = sampleAcceptance;
  return drift;
}

describe('the drift of an environment', () => {
  it('names what drifted, from what to what, by whom and by which call', async () => {
    open(drifted());
    expect(
      await screen.findByText(/3 resources are not as applied/),
    ).toBeInTheDocument();
    const nodes = (await screen.findByText('cluster/Workers')).closest('tr')!;
    expect(nodes).toHaveTextContent('ScalingConfig.MaxSize');
    expect(nodes).toHaveTextContent(
      /3 → 9.*Operators\/sam.*UpdateNodegroupConfig/,
    );
    const bucket = screen.getByText('storage/Uploads').closest('tr')!;
    expect(bucket).toHaveTextContent(/Enabled → Suspended.*Not known/);
    expect(
      await within(bucket).findByText(/comes from no parameter/),
    ).toBeInTheDocument();
    const alarm = screen.getByText('observability/Alarm1').closest('tr')!;
    expect(alarm).toHaveTextContent(/deleted.*It can only be put back/);
    expect(
      screen.getByText(/EngineVersion is 17.11 instead of 17.9/),
    ).toBeInTheDocument();
    expect(screen.getByText('1 resource not checked')).toBeInTheDocument();
  });

  it('is checked at once, and says why where it cannot be', async () => {
    const drift = new FakeDriftApi();
    open(drift);
    expect(
      await screen.findByText('It was never checked.'),
    ).toBeInTheDocument();
    drift.refusal = 'shop-dev is held by a failover.';
    await userEvent.click(screen.getByRole('button', { name: 'Check now' }));
    expect(
      await screen.findByText(/shop-dev is held by a failover/),
    ).toBeInTheDocument();
    drift.refusal = undefined;
    await userEvent.click(screen.getByRole('button', { name: 'Check now' }));
    expect(
      await screen.findByRole('button', { name: 'Checking…' }),
    ).toBeDisabled();
  });

  it('is taken over into the parameter that has the value, or in the form', async () => {
    const drift = drifted();
    open(drift);
    const nodes = (await screen.findByText('cluster/Workers')).closest('tr')!;
    await userEvent.click(
      await within(nodes).findByRole('button', { name: 'Take over…' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText(/Most nodes: 3 →/)).toHaveTextContent('9');
    expect(
      dialog.getByText(/observability\/Alarm2 Threshold/),
    ).toBeInTheDocument();
    expect(dialog.getByRole('link', { name: /open the form/ })).toHaveAttribute(
      'href',
      `/environments/shop-dev/change?set=${encodeURIComponent(
        '{"nodeMaxSize":9}',
      )}`,
    );
    await userEvent.click(
      dialog.getByRole('button', { name: 'Plan the change' }),
    );
    expect(drift.calls).toContainEqual([
      'acceptDrift',
      'e1',
      [{ logicalId: 'Workers', attribute: 'ScalingConfig.MaxSize' }],
    ]);
  });

  it('that is old is shown as such, and not taken over', async () => {
    const drift = drifted();
    drift.report = sampleDrift({
      state: 'unknown',
      reason: 'A run has worked on it since it was last checked.',
    });
    open(drift);
    expect(
      await screen.findByText(
        /since it was last checked. Below is what the last check found/,
      ),
    ).toBeInTheDocument();
    const nodes = screen.getByText('cluster/Workers').closest('tr')!;
    expect(
      await within(nodes).findByRole('button', { name: 'Take over…' }),
    ).toBeDisabled();
  });

  it('is put back after it was said what that means', async () => {
    const drift = drifted();
    open(drift);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Put everything back…' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText(/also what somebody deleted/)).toBeInTheDocument();
    await userEvent.click(
      dialog.getByRole('button', { name: 'Plan to put it back' }),
    );
    expect(drift.calls).toContainEqual(['revertDrift', 'e1']);
  });

  it('is shown to who may not change it, without the deeds', async () => {
    const infra = new FakeInfraApi();
    infra.allowed = {
      update: false,
      destroy: false,
      freeze: false,
      schedule: false,
    };
    open(drifted(), undefined, infra);
    expect(await screen.findByText('cluster/Workers')).toBeInTheDocument();
    for (const name of ['Check now', 'Put everything back…']) {
      expect(screen.getByRole('button', { name })).toBeDisabled();
    }
  });

  it('fills in the change form', async () => {
    const infra = open(
      new FakeDriftApi(),
      `/environments/shop-dev/change?set=${encodeURIComponent(
        '{"nodeMaxSize":9,"other":1}',
      )}`,
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Plan 1 change' }),
    );
    await waitFor(() =>
      expect(infra.calls).toContainEqual([
        'updateEnvironment',
        'e1',
        expect.objectContaining({
          parameters: { databaseStorageGb: 50, nodeMaxSize: 9 },
        }),
      ]),
    );
  });
});

describe('the drift of all environments', () => {
  it('is grouped by who did it with which call', async () => {
    const drift = new FakeDriftApi();
    drift.fleet = sampleFleetDrift();
    open(drift, '/drift');
    expect(
      await screen.findByText(
        '2 environments drifted by 2 causes (3 in sync, 2 not known).',
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText('UpdateNodegroupConfig by Operators/sam'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('2 properties in 2 environments'),
    ).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'shop-staging' })).toHaveAttribute(
      'href',
      '/environments/shop-staging?tab=drift',
    );
    expect(
      screen.getByText(/ScalingConfig.MaxSize 6 → 12/),
    ).toBeInTheDocument();
  });

  it('is a page where there is none', async () => {
    const drift = new FakeDriftApi();
    drift.fleet.counts.in_sync = 4;
    open(drift, '/drift');
    expect(
      await screen.findByText('Nothing is known to have drifted'),
    ).toBeInTheDocument();
    expect(
      screen.getByText('Nothing drifted (4 in sync).'),
    ).toBeInTheDocument();
  });

  it('says that it cannot be seen, and why', async () => {
    const drift = new FakeDriftApi();
    drift.failure = new Error('The database is away.');
    open(drift, '/drift');
    expect(
      await screen.findByText('What drifted cannot be seen now.'),
    ).toBeInTheDocument();
    expect(screen.getByText(/The database is away/)).toBeInTheDocument();
  });
});
