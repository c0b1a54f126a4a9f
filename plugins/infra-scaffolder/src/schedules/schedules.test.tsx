import { renderTestApp } from '@backstage/frontend-test-utils';
import type { UpSchedule } from '@slipway/plugin-infra-scaffolder-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import plugin, { infraApiRef } from '..';
import { scheduleApiRef } from '../api';
import {
  FakeInfraApi,
  FakeScheduleApi,
  sampleEnvironment,
  sampleSleepPlan,
} from '../testing';
import { hoursWords } from './scheduleWords';

const OFFICE: UpSchedule = {
  timeZone: 'Europe/Berlin',
  weekdays: [1, 2, 3, 4, 5],
  from: '08:00',
  until: '19:00',
  holidays: ['2026-12-25'],
};
const schedule = {
  hours: OFFICE,
  consent: {
    by: 'user:default/maya',
    at: '2026-11-20T10:00:00.000Z',
    words: 'shop-dev is up Mon to Fri.',
    arns: [sampleSleepPlan().stops[0].arn],
  },
};
const asleep = {
  schedule,
  sleep: {
    state: 'asleep' as const,
    since: '2026-11-20T18:00:00.000Z',
    runId: 'r9',
    slept: sampleSleepPlan().stops,
  },
};

function open(part: Parameters<typeof sampleEnvironment>[0] = {}) {
  const infra = new FakeInfraApi();
  const schedules = new FakeScheduleApi();
  infra.environments = [sampleEnvironment(part)];
  schedules.onChange = () => {
    infra.environments = [sampleEnvironment(asleep)];
  };
  renderTestApp({
    features: [plugin],
    initialRouteEntries: ['/environments/shop-dev?tab=schedule'],
    apis: [
      [infraApiRef, infra],
      [scheduleApiRef, schedules],
    ],
  });
  return { infra, schedules };
}

const click = async (name: string | RegExp) =>
  userEvent.click(await screen.findByRole('button', { name }));

describe('the schedule of an environment', () => {
  it('is asked for; what is stopped, what stays up and the savings stand there before the yes', async () => {
    const { schedules } = open();
    expect(
      await screen.findByText('shop-dev is up all the time'),
    ).toBeInTheDocument();
    let answer = () => {};
    schedules.gate = new Promise(resolve => {
      answer = resolve;
    });
    await click('Give it a schedule…');
    const dialog = within(await screen.findByRole('dialog'));
    const agree = dialog.getByRole('button', { name: 'Agree and set' });
    await waitFor(() => expect(schedules.calls).toHaveLength(1));
    expect(agree).toBeDisabled();
    answer();
    expect(
      await dialog.findByText('Saves $112.34 a month'),
    ).toBeInTheDocument();
    const stopped = within(dialog.getByRole('region', { name: 'Stopped (2)' }));
    expect(stopped.getByText('Node group, 3 nodes')).toBeInTheDocument();
    const stays = within(dialog.getByRole('region', { name: 'Stays up (1)' }));
    expect(stays.getByText(/which AWS does not stop/)).toBeInTheDocument();
    expect(
      dialog.getByText(/Savings of databases are not counted/),
    ).toBeInTheDocument();
    expect(
      dialog.getByRole('note', { name: 'What you agree to' }),
    ).toHaveTextContent(/By this you agree: shop-dev is up Mon to Fri/);

    schedules.gate = new Promise(resolve => {
      answer = resolve;
    });
    await userEvent.click(dialog.getByRole('button', { name: 'Friday' }));
    expect(agree).toBeDisabled();
    answer();
    await userEvent.type(
      dialog.getByLabelText('Days off'),
      '2026-12-25 2027-01-01{Enter}',
    );
    await waitFor(() => expect(agree).toBeEnabled());
    await userEvent.click(agree);
    expect(schedules.calls).toContainEqual([
      'setSchedule',
      'e1',
      {
        planHash: 'a'.repeat(64),
        hours: expect.objectContaining({
          weekdays: [1, 2, 3, 4],
          holidays: ['2026-12-25', '2027-01-01'],
        }),
      },
    ]);
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
  });

  it('says what is wrong with hours, what could not be read, and what is not as it was shown', async () => {
    const { schedules } = open({ schedule });
    await click('Change the schedule…');
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.type(dialog.getByLabelText('Days off'), 'Easter{Enter}');
    expect(
      await dialog.findByText(/"Easter" is not a day/),
    ).toBeInTheDocument();
    schedules.failure = new Error('AWS does not answer');
    await userEvent.type(dialog.getByLabelText('Days off'), '{Backspace}');
    const again = await dialog.findByRole('button', { name: 'Look again' });
    expect(
      dialog.getByText(/could not be read: AWS does not answer/),
    ).toBeInTheDocument();
    schedules.failure = undefined;
    await userEvent.click(again);
    const agree = dialog.getByRole('button', { name: 'Agree and change' });
    await waitFor(() => expect(agree).toBeEnabled());
    schedules.failure = new Error('What would be stopped is another by now');
    await userEvent.click(agree);
    expect(
      (await dialog.findAllByText(/What would be stopped is another by now/))
        .length,
    ).toBeGreaterThan(0);
  });

  it('cannot be agreed to where nothing can be stopped', async () => {
    const { schedules } = open();
    schedules.plan = sampleSleepPlan({ stops: [], savings: undefined });
    await click('Give it a schedule…');
    const dialog = within(await screen.findByRole('dialog'));
    expect(
      await dialog.findByText('Nothing can be stopped'),
    ).toBeInTheDocument();
    expect(dialog.getByText(/What it saves is not known/)).toBeInTheDocument();
    expect(
      dialog.getByRole('button', { name: 'Agree and set' }),
    ).toBeDisabled();
  });

  it('is shown with who agreed and what came since; removed, or overruled at once', async () => {
    const { schedules } = open({ schedule });
    expect(
      (
        await screen.findAllByText(
          /Mon–Fri 08:00–19:00 \(Europe\/Berlin\), but for 1 day/,
        )
      ).length,
    ).toBeGreaterThan(0);
    expect(
      screen.getByText(/“shop-dev is up Mon to Fri.”/),
    ).toBeInTheDocument();
    expect(
      await screen.findByText(/It came after the schedule was agreed to/),
    ).toBeInTheDocument();
    await click('Remove the schedule…');
    await click('Remove the schedule');
    await waitFor(() =>
      expect(schedules.calls).toContainEqual(['removeSchedule', 'e1']),
    );
  });

  it('gives way to a person who puts it to sleep, and to one who wakes it', async () => {
    const { schedules } = open({ schedule });
    await click('Put to sleep now…');
    await click('Put shop-dev to sleep');
    expect(
      await screen.findByText(/shop-dev is asleep since/),
    ).toBeInTheDocument();
    expect(screen.getByText(/2 resources of it are stopped/)).toBeVisible();
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(
      screen.getByRole('button', { name: 'Put to sleep now…' }),
    ).toBeDisabled();
    expect(screen.getByRole('button', { name: 'Destroy…' })).toBeDisabled();
    schedules.failure = new Error('The database does not answer');
    await click('Wake it for 4 hours');
    expect(await screen.findByText(/It was not woken: The/)).toBeVisible();
    schedules.failure = undefined;
    await click('Wake it for 4 hours');
    expect(schedules.calls.filter(([name]) => name === 'wakeNow')).toHaveLength(
      2,
    );
  });

  it.each([
    ['that ran out, so that it can be woken again', -3_600_000, true],
    ['that holds, so that it is woken anyway', 3_600_000, false],
  ])('knows a word of a person %s', async (_what, ms, isThere) => {
    const until = new Date(Date.now() + ms).toISOString();
    const override = { up: true, until, by: 'user:default/maya' };
    open({ ...asleep, schedule: { ...schedule, override } });
    expect(
      await screen.findByText(/shop-dev is asleep since/),
    ).toBeInTheDocument();
    expect(
      screen.queryAllByRole('button', { name: 'Wake it for 4 hours' }),
    ).toHaveLength(isThere ? 1 : 0);
  });

  it('is read by others, and changed only by who may', async () => {
    const { infra, schedules } = open({ schedule });
    infra.allowed = {
      update: false,
      destroy: false,
      freeze: false,
      schedule: false,
    };
    expect(
      await screen.findByText(/can see what is stopped/),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Change the schedule…' }),
    ).toHaveAccessibleDescription(/Only storefront, an SRE or an admin/);
    expect(schedules.calls).toEqual([]);
  });

  it('says what holds it up, and when a try that failed is made again', async () => {
    open({
      schedule: { ...schedule, heldUpBy: 'It is frozen by sam.' },
      sleep: { ...asleep.sleep, retryAt: '2026-11-20T19:00:00.000Z' },
    });
    expect(
      await screen.findByText(/Held up: It is frozen by sam/),
    ).toHaveTextContent(/The last try failed; the next is on/);
  });
});

it.each<[Partial<UpSchedule>, string]>([
  [{}, 'Mon–Fri 08:00–19:00 (Europe/Berlin), but for 1 day'],
  [
    { weekdays: [3, 1, 7], holidays: [] },
    'Mon, Wed and Sun 08:00–19:00 (Europe/Berlin)',
  ],
  [{ weekdays: [6], holidays: [] }, 'Sat 08:00–19:00 (Europe/Berlin)'],
])('hours %j read well', (part, words) => {
  expect(hoursWords({ ...OFFICE, ...part })).toBe(words);
});
