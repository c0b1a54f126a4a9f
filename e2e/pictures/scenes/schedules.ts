import type { Page } from '@playwright/test';
import type {
  Environment,
  SleepPlan,
  UpSchedule,
} from '@slipway/plugin-infra-scaffolder-common';
import { expect, type Camera } from '../Camera';
import type { PortalWorld } from '../PortalWorld';

const PHONE = { width: 390, height: 844 };
const NAME = 'night-shift';
const HOURS: UpSchedule = {
  timeZone: 'Europe/Berlin',
  weekdays: [1, 2, 3, 4, 5],
  from: '08:00',
  until: '19:00',
  holidays: ['2026-12-25', '2027-01-01'],
};

async function schedule(
  world: PortalWorld,
  { id }: Environment,
): Promise<void> {
  const path = `/infra-scaffolder/environments/${id}`;
  const { hash } = await world.call<SleepPlan>(
    'maya',
    'POST',
    `${path}/sleep-plan`,
    { hours: HOURS },
  );
  await world.call('maya', 'PUT', `${path}/schedule`, {
    hours: HOURS,
    planHash: hash,
  });
}

/** @returns the run that puts it to sleep. */
async function putToSleep(
  world: PortalWorld,
  { id }: Environment,
): Promise<string> {
  const { sleep } = await world.call<Environment>(
    'maya',
    'POST',
    `/infra-scaffolder/environments/${id}/sleep`,
  );
  return sleep!.runId;
}

/** Off-hours: what is agreed to, an environment that sleeps, and its run. */
export async function takeSchedules(
  camera: Camera,
  world: PortalWorld,
): Promise<void> {
  const { environment } = await world.create('maya', { name: NAME });
  const tab = { person: 'maya', path: `/environments/${NAME}?tab=schedule` };
  await camera.take({
    ...tab,
    name: 'schedule-empty',
    caption: 'An environment without a schedule is up all the time',
    height: 700,
  });
  const dialog = {
    ...tab,
    act: async (page: Page) => {
      await page.getByRole('button', { name: 'Give it a schedule…' }).click();
      await expect(page.getByText(/^Saves \$/)).toBeVisible();
    },
  };
  await camera.take({
    ...dialog,
    name: 'schedule-dialog',
    caption:
      'What a schedule stops, what stays up and what that saves, before the yes',
    height: 1000,
  });
  await camera.take({
    ...dialog,
    ...PHONE,
    name: 'schedule-dialog-phone',
    caption: 'The same on a phone',
  });
  await camera.take({
    ...tab,
    name: 'schedule-dialog-wrong',
    caption: 'Hours that cannot be say so',
    act: async page => {
      await dialog.act(page);
      await page.getByLabel('until').fill('07:00');
      await expect(page.getByText(/end after it begins/)).toBeVisible();
    },
  });
  await schedule(world, environment);
  await camera.take({
    ...tab,
    name: 'schedule',
    caption: 'The hours of an environment, who agreed, and what they stop',
    act: page => expect(page.getByText(/^Saves \$/)).toBeVisible(),
  });
  let runId = '';
  await camera.take(
    {
      ...tab,
      name: 'environment-falling-asleep',
      caption: 'An environment falls asleep',
      act: page =>
        expect(page.getByText(/is falling asleep since/)).toBeVisible(),
    },
    async () => {
      runId = await putToSleep(world, environment);
    },
  );
  await world.untilRun('maya', runId, ['succeeded']);
  const asleep = { person: 'maya', path: `/environments/${NAME}` };
  await camera.take({
    ...asleep,
    name: 'environment-asleep',
    caption: 'An environment that sleeps is woken by one click',
  });
  await camera.take({
    ...asleep,
    ...PHONE,
    name: 'environment-asleep-phone',
    caption: 'The same on a phone',
  });
  await camera.take({
    ...tab,
    ...PHONE,
    name: 'schedule-phone',
    caption: 'Its hours on a phone',
    act: page => expect(page.getByText(/^Saves \$/)).toBeVisible(),
  });
  const run = {
    person: 'maya',
    path: `/environments/${NAME}/runs/${runId}`,
  };
  await camera.take({
    ...run,
    name: 'run-sleep',
    caption: 'The run that put it to sleep',
  });
  await camera.take({
    ...run,
    path: `${run.path}?tab=inputs`,
    name: 'run-sleep-inputs',
    caption: 'On whose agreement it was put to sleep',
  });
  await camera.take({
    person: 'sam',
    path: '/environments?sleep=asleep&cols=sleep',
    name: 'environments-asleep',
    caption: 'The fleet, narrowed to what sleeps',
    height: 600,
  });
}
