import { renderTestApp } from '@backstage/frontend-test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import plugin from '..';
import { accountApiRef } from '../api';
import { FakeAccountApi, sampleAccount } from '../testing';

function open(api: FakeAccountApi) {
  renderTestApp({
    features: [plugin],
    initialRouteEntries: ['/accounts'],
    apis: [[accountApiRef, api]],
  });
}

describe('accounts', () => {
  it('say what they take and what is missing, the worst first, and are checked again', async () => {
    const api = new FakeAccountApi();
    const [first] = sampleAccount().regions;
    api.found = sampleAccount({
      regions: [
        {
          ...first,
          checks: first.checks.map(check => ({
            ...check,
            state: 'passed' as const,
            mend: undefined,
          })),
        },
      ],
    });
    open(api);
    expect(
      await screen.findByText('1 account, 2 regions: 1 check has failed.'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        '2 of 3 environments are there. Each owner has 2 at most. $412.50 of $1,000.00 a month are used.',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('dev, small')).toBeInTheDocument();
    const region = within(screen.getByRole('region', { name: 'us-east-1' }));
    const [worst] = region.getAllByRole('listitem');
    expect(worst).toHaveTextContent('Failed');
    expect(worst).toHaveTextContent('Allow cloudtrail:LookupEvents');
    expect(screen.getByText(/Not checked yet/)).toBeInTheDocument();

    await userEvent.click(
      screen.getByRole('button', { name: 'Check sandbox' }),
    );
    expect(api.calls).toEqual([['checkAccount', '123456789012']]);
    expect(
      await screen.findByText('1 account, 1 region: nothing is missing.'),
    ).toBeInTheDocument();
  });

  it('say why they take nothing, and why a check did not come about', async () => {
    const api = new FakeAccountApi();
    api.list.items = [
      sampleAccount({
        whyNot: 'Account sandbox takes 3 environments at most.',
      }),
    ];
    open(api);
    expect(
      await screen.findByText('Account sandbox takes 3 environments at most.'),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Check sandbox' }),
    );
    expect(
      await screen.findByText('sandbox could not be checked'),
    ).toBeInTheDocument();
  });

  it('are not checked by who may not', async () => {
    const api = new FakeAccountApi();
    api.list.mayCheck = false;
    open(api);
    await screen.findByText('sandbox');
    expect(
      screen.queryByRole('button', { name: 'Check sandbox' }),
    ).not.toBeInTheDocument();
  });

  it('say where they are named when there are none', async () => {
    const api = new FakeAccountApi();
    api.list.items = [];
    open(api);
    expect(await screen.findByText('No account yet')).toBeInTheDocument();
  });

  it('say that they cannot be read', async () => {
    const api = new FakeAccountApi();
    api.failure = new Error('The database is away.');
    open(api);
    expect(
      await screen.findByText('The accounts could not be read'),
    ).toBeInTheDocument();
  });
});
