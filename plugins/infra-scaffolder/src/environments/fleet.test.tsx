import { renderTestApp } from '@backstage/frontend-test-utils';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import fc from 'fast-check';
import {
  FLEET_FACETS,
  FLEET_GROUPS,
  FLEET_SORTS,
} from '@slipway/plugin-infra-scaffolder-common';
import plugin, { fleetApiRef, infraApiRef } from '..';
import { FakeFleetApi, FakeInfraApi, sampleEnvironment } from '../testing';
import { readFleetState, writeFleetState } from './fleetState';
import { expiryWords, fleetSentence } from './fleetWords';

const inDays = (days: number) =>
  new Date(Date.now() + days * 86_400_000).toISOString();

function world(count = 3) {
  const api = new FakeInfraApi();
  const fleet = new FakeFleetApi(api);
  api.environments = Array.from({ length: count }, (_, index) =>
    sampleEnvironment({
      id: `e${index}`,
      name: `shop-${String(index).padStart(4, '0')}`,
      owner: `group:default/${index % 2 ? 'payments' : 'storefront'}`,
      status: index === 0 ? 'failed' : 'ready',
      statusReason:
        index === 0 ? 'The quota of addresses is used up.' : undefined,
      estimate: { monthlyUsd: '100.10', pricesOf: '2026-11-01', planId: 'abc' },
    }),
  );
  fleet.details = {
    e0: { drift: { state: 'drifted', at: inDays(-1), resources: 2 } },
    e1: { expiresAt: inDays(2.5), newerVersion: '1.1.0' },
  };
  return { api, fleet };
}

function open({ api, fleet }: ReturnType<typeof world>, address: string) {
  return renderTestApp({
    features: [plugin],
    initialRouteEntries: [address],
    apis: [
      [infraApiRef, api],
      [fleetApiRef, fleet],
    ],
  });
}

const names = () =>
  screen.getAllByRole('link', { name: /^shop-\d/ }).map(a => a.textContent);

describe('the fleet page', () => {
  afterEach(() => jest.restoreAllMocks());

  it('is narrowed to what sleeps, and says when it wakes', async () => {
    const there = world();
    there.fleet.details.e2 = {
      sleep: { state: 'asleep', since: inDays(-1) },
      nextTurn: { up: true, at: '2026-11-26T07:00:00.000Z' },
    };
    open(there, '/environments?sleep=asleep&cols=sleep');
    expect(
      await screen.findByText(/^wakes Thu \d\d:\d\d$/),
    ).toBeInTheDocument();
    expect(names()).toEqual(['shop-0002']);
    expect(screen.getByLabelText('Asleep')).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: /Sleep: Asleep/ }),
    ).toBeInTheDocument();
  });

  it('says how the fleet is, and what each environment is, costs and awaits', async () => {
    open(world(), '/environments');
    expect(
      await screen.findByText(
        '3 environments at $300.30 a month: 1 failed, 1 drifted, 1 ends within three days and 1 on an older blueprint.',
      ),
    ).toBeInTheDocument();
    const row = (name: string) =>
      within(screen.getByRole('link', { name }).closest('tr')!);
    expect(row('shop-0000').getByText('Drifted: 2')).toBeInTheDocument();
    expect(row('shop-0001').getByText('in 2 days')).toBeInTheDocument();
    expect(row('shop-0001').getByText('1.1.0')).toBeInTheDocument();
    expect(row('shop-0002').getByText('never')).toBeInTheDocument();
    expect(row('shop-0002').getByText('$100.10')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'shop-0002' })).toHaveAttribute(
      'href',
      '/environments/shop-0002',
    );
    expect(
      screen.getByText('The quota of addresses is used up.'),
    ).toBeInTheDocument();
  });

  it('is narrowed by facets with counts, which the back end applies, and cleared again', async () => {
    const made = world();
    open(made, '/environments');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Filter by Owner' }),
    );
    const menu = await screen.findByRole('menu');
    expect(
      within(menu).getByRole('menuitemcheckbox', { name: 'storefront 2' }),
    ).toBeInTheDocument();
    await userEvent.click(
      within(menu).getByRole('menuitemcheckbox', { name: 'payments 1' }),
    );
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(names()).toEqual(['shop-0001']));
    expect(made.fleet.queries.at(-1)!.where).toEqual({
      owner: ['group:default/payments'],
    });
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    await waitFor(() => expect(names()).toHaveLength(3));
    await userEvent.click(screen.getByRole('button', { name: 'A month' }));
    await waitFor(() =>
      expect(made.fleet.queries.at(-1)).toMatchObject({ sort: 'cost' }),
    );
  });

  it('opens the same view from a link, grouped with sums, and each group leads on', async () => {
    open(world(), '/environments?group=owner&q=shop');
    const link = await screen.findByRole('link', { name: 'storefront' });
    expect(screen.getByText('$200.20')).toBeInTheDocument();
    await userEvent.click(link);
    await waitFor(() => expect(names()).toEqual(['shop-0000', 'shop-0002']));
    expect(
      screen.getByRole('button', { name: 'Filter by Owner: storefront' }),
    ).toBeInTheDocument();
    expect(screen.getByLabelText('Find environments')).toHaveValue('shop');
  });

  it('draws a part of what is there and asks for more on the way down', async () => {
    jest
      .spyOn(HTMLElement.prototype, 'offsetHeight', 'get')
      .mockReturnValue(640);
    const made = world(250);
    open(made, '/environments');
    await waitFor(() => expect(names().length).toBeGreaterThan(10));
    expect(names().length).toBeLessThan(50);
    const table = screen.getByRole('region', { name: 'environments' });
    table.scrollTop = 48 * 45;
    fireEvent.scroll(table);
    await waitFor(() =>
      expect(made.fleet.queries.at(-1)).toMatchObject({ cursor: '50' }),
    );
    expect(names().length).toBeLessThan(50);
  });

  it('says so where nothing matches, nothing is there, or nothing can be read', async () => {
    const some = open(world(), '/environments?q=nothing');
    expect(
      await screen.findByText('No environments match'),
    ).toBeInTheDocument();
    some.unmount();
    const made = world(0);
    const none = open(made, '/environments');
    expect(await screen.findByText('No environments yet')).toBeInTheDocument();
    none.unmount();
    made.api.failure = new TypeError('Failed to fetch');
    open(made, '/environments');
    expect(
      await screen.findByText('The environments could not be read'),
    ).toBeInTheDocument();
    made.api.failure = undefined;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('No environments yet')).toBeInTheDocument();
  });
});

it('reads back the view that it wrote into the address', () => {
  const text = fc.string({ minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(
      fc.record({
        search: fc.string(),
        where: fc.dictionary(
          fc.constantFrom(...FLEET_FACETS),
          fc.uniqueArray(text, { minLength: 1, maxLength: 3 }),
        ),
        sort: fc.option(
          fc.record({
            id: fc.constantFrom(...FLEET_SORTS),
            descending: fc.boolean(),
          }),
          { nil: undefined },
        ),
        groupBy: fc.option(fc.constantFrom(...FLEET_GROUPS), {
          nil: undefined,
        }),
        includeEnded: fc.boolean(),
        toggled: fc.uniqueArray(fc.constantFrom(...FLEET_SORTS)),
      }),
      state => {
        const address = new URLSearchParams(writeFleetState(state).toString());
        expect(readFleetState(address)).toEqual(state);
      },
    ),
  );
});

it.each([
  [72.5, undefined, 'in 3 days'],
  [72, 'attention', 'in 3 days'],
  [47, 'attention', 'in 47 h'],
  [0.2, 'attention', 'in 1 h'],
  [-5, 'failing', '5 h ago'],
  [-49, 'failing', '2 days ago'],
])('says of %d hours left: %s, %s', (hours, health, words) => {
  const now = Date.parse('2026-11-25T10:00:00Z');
  const expiresAt = new Date(now + hours * 3_600_000).toISOString();
  expect(expiryWords(expiresAt, now)).toEqual({ health, words });
});

it('says that all is well, and what has no price', () => {
  const totals = {
    environments: 1200,
    monthlyUsd: '10.00',
    unpriced: 3,
    failed: 0,
    working: 0,
    drifted: 0,
    outdated: 0,
    expiring: 0,
  };
  expect(fleetSentence(totals)).toEqual({
    health: 'healthy',
    sentence:
      '1,200 environments at $10.00 a month (3 without an estimate), all as they should be.',
  });
});
