import { renderTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import plugin from '..';
import { upgradeApiRef } from '../api';
import { FakeUpgradeApi, sampleEnvironment, sampleOutdated } from '../testing';

function open(api: FakeUpgradeApi) {
  renderTestApp({
    features: [plugin],
    initialRouteEntries: ['/upgrades'],
    apis: [[upgradeApiRef, api]],
  });
}

function named(id: string, name: string, more = {}) {
  return sampleOutdated({
    environment: { ...sampleEnvironment(), id, name },
    ...more,
  });
}

describe('upgrades', () => {
  it('list what is of an older version, and one or many are planned', async () => {
    const api = new FakeUpgradeApi();
    api.items = [
      named('e1', 'shop-dev'),
      named('e2', 'shop-staging'),
      named('e3', 'shop-prod', {
        blocked: 'A change of shop-prod is on its way.',
      }),
    ];
    api.problems.e2 = 'shop-staging is held by a failover.';
    open(api);
    expect(
      await screen.findByText(
        '3 environments are of an older version of their blueprints.',
      ),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Upgrade…' })).toBeDisabled();
    expect(
      screen.getByRole('checkbox', { name: 'Choose shop-prod' }),
    ).toBeDisabled();
    await userEvent.click(
      screen.getByRole('checkbox', { name: 'Choose shop-dev' }),
    );
    expect(
      screen.getByRole('button', { name: 'Upgrade 1 environment…' }),
    ).toBeEnabled();
    await userEvent.click(screen.getByRole('button', { name: 'Choose all' }));
    await userEvent.click(
      screen.getByRole('button', { name: 'Upgrade 2 environments…' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText('shop-dev: 1.0.0 → 1.2.0')).toBeInTheDocument();
    await userEvent.click(
      dialog.getByRole('button', { name: 'Plan 2 upgrades' }),
    );
    expect(api.calls).toContainEqual(['startUpgrades', ['e1', 'e2']]);
    const notice = await screen.findByText(/1 upgrade is planned/);
    expect(await within(notice).findByRole('link')).toHaveAttribute(
      'href',
      '/environments/shop-dev/runs/run-of-shop-dev',
    );
    expect(
      screen.getByText(
        'shop-staging is not upgraded: shop-staging is held by a failover.',
      ),
    ).toBeInTheDocument();
  });

  it('say what the newer version brings and, when asked, what it would change', async () => {
    const api = new FakeUpgradeApi();
    api.items = [sampleOutdated({ dropped: ['note'], isInstalled: false })];
    open(api);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Open shop-dev' }),
    );
    expect(
      screen.getByText(/The first plan adds four resources/),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/has no parameter note; what was set there is dropped/),
    ).toBeInTheDocument();
    expect(screen.getByText(/only an upgrade can/)).toBeInTheDocument();
    expect(api.calls).toEqual([]);
    await userEvent.click(
      screen.getByRole('button', { name: 'What would it change?' }),
    );
    expect(await screen.findAllByText('2 to add')).not.toEqual([]);
    expect(api.calls).toEqual([['previewUpgrade', 'e1']]);
  });

  it('are a page where there are none', async () => {
    open(new FakeUpgradeApi());
    expect(
      await screen.findByText('Everything is of the newest version'),
    ).toBeInTheDocument();
  });
});
