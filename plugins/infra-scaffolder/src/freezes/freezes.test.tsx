import { renderTestApp } from '@backstage/frontend-test-utils';
import type { FreezePeriod } from '@slipway/plugin-infra-scaffolder-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import plugin, { infraApiRef } from '..';
import {
  FakeInfraApi,
  playPlan,
  sampleEnvironment,
  sampleRun,
} from '../testing';

const HOUR_MS = 60 * 60 * 1000;

function freeze(title: string, [from, until]: [number, number]): FreezePeriod {
  const inHours = (hours: number) =>
    new Date(Date.now() + hours * HOUR_MS).toISOString();
  return {
    id: title,
    title,
    from: inHours(from),
    until: inHours(until),
    scope: { accountIds: [], sizes: [], systems: [] },
    createdBy: 'user:default/sam',
  };
}

function open(api: FakeInfraApi, address: string) {
  return renderTestApp({
    features: [plugin],
    initialRouteEntries: [address],
    apis: [[infraApiRef, api]],
  });
}

describe('the calendar', () => {
  it('says what is in force, and lets who may add to it', async () => {
    const api = new FakeInfraApi();
    api.freezes = [freeze('Launch', [-1, 1]), freeze('Later', [5, 6])];
    open(api, '/freezes');
    expect(await screen.findByText('In force: Launch.')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Add a freeze' }));
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.type(dialog.getByLabelText('Title'), 'Year end');
    await userEvent.type(
      dialog.getByLabelText('From (UTC)'),
      '2026-12-20T00:00',
    );
    await userEvent.type(
      dialog.getByLabelText('Until (UTC)'),
      '2027-01-02T00:00',
    );
    await userEvent.type(
      dialog.getByLabelText('Sizes'),
      'prod{Enter}staging{Enter}',
    );
    await userEvent.click(
      dialog.getByRole('button', { name: 'Add this freeze' }),
    );
    expect(api.calls).toContainEqual([
      'createFreeze',
      {
        title: 'Year end',
        from: '2026-12-20T00:00:00Z',
        until: '2027-01-02T00:00:00Z',
        scope: { accountIds: [], sizes: ['prod', 'staging'], systems: [] },
      },
    ]);
  });

  it('is changed as it stands', async () => {
    const api = new FakeInfraApi();
    api.freezes = [
      {
        ...freeze('Launch', [-1, 1]),
        from: '2000-11-27T00:00:00.000Z',
        until: '2100-11-30T00:00:00.000Z',
        scope: { accountIds: [], sizes: ['prod'], systems: [] },
      },
    ];
    open(api, '/freezes');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Change Launch' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByLabelText('From (UTC)')).toHaveValue('2000-11-27T00:00');
    await userEvent.type(dialog.getByLabelText('Title'), ' of the shop');
    await userEvent.click(
      dialog.getByRole('button', { name: 'Save the freeze' }),
    );
    expect(api.calls).toContainEqual([
      'updateFreeze',
      'Launch',
      {
        title: 'Launch of the shop',
        from: '2000-11-27T00:00:00.000Z',
        until: '2100-11-30T00:00:00.000Z',
        scope: { accountIds: [], sizes: ['prod'], systems: [] },
      },
    ]);
    expect(
      await screen.findByText('In force: Launch of the shop.'),
    ).toBeInTheDocument();
  });

  it('is read only for who may not change it', async () => {
    const api = new FakeInfraApi();
    api.mayManageFreezes = false;
    open(api, '/freezes');
    expect(await screen.findByText('No change freezes')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Add a freeze' })).toBeNull();
  });
});

describe('the page of a run', () => {
  it('lets who may let its plan through, for a reason', async () => {
    const api = new FakeInfraApi();
    api.environments = [sampleEnvironment()];
    api.runs.set('r1', sampleRun());
    playPlan(api);
    api.freezes = [freeze('Launch', [-1, 1])];
    open(api, '/environments/shop-dev/runs/r1');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Let this plan through' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.type(dialog.getByRole('textbox'), 'Fixes the leak');
    await userEvent.click(
      dialog.getByRole('button', { name: 'Let this plan through' }),
    );
    expect(api.calls).toContainEqual([
      'overrideFreeze',
      'r1',
      { planHash: api.plans.get('r1')!.hash, reason: 'Fixes the leak' },
    ]);
  });
});

describe('the page of an environment', () => {
  it.each([
    [[-1, 1], /Change freeze “Launch” until/],
    [[3, 9], /Change freeze “Launch” begins/],
  ] as Array<[[number, number], RegExp]>)(
    'tells of a freeze from %j hours on',
    async (hours, sentence) => {
      const api = new FakeInfraApi();
      api.environments = [sampleEnvironment()];
      api.freezes = [freeze('Launch', hours)];
      open(api, '/environments/shop-dev');
      expect(await screen.findByText(sentence)).toBeInTheDocument();
    },
  );
});
