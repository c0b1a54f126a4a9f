import type { Page } from '@playwright/test';
import { expect, type Camera } from '../Camera';
import { eventually, type PlannedRun, type PortalWorld } from '../PortalWorld';

const PHONE = { width: 390, height: 844 };
const DONE_WHEN_TAKEN = 55;

const pathOf = ({ environment, runId }: PlannedRun) =>
  `/environments/${environment.name}/runs/${runId}`;

async function untilCountIs(page: Page, least: number) {
  await eventually(async () => {
    const text = await page.getByRole('status').first().innerText();
    const done = Number(/(\d+) of \d+ resources/.exec(text)?.[1] ?? 0);
    if (done < least) {
      throw new Error(`Only ${done} resources are done: ${text}`);
    }
  }, 120);
}

async function openFirstGroups(page: Page) {
  await page.getByRole('button', { name: /^database \d+ to add/ }).click();
}

/** A run from its plan to its end, and one that fails. Answers with the first. */
export async function takeRuns(
  camera: Camera,
  world: PortalWorld,
): Promise<PlannedRun> {
  const run = await world.request('maya', { name: 'shop-dev' });
  const shot = { person: 'maya', path: pathOf(run) };
  await camera.takeTogether([
    {
      ...shot,
      name: 'plan',
      caption: 'The plan: every resource, before anything is made',
      act: openFirstGroups,
    },
    {
      ...shot,
      ...PHONE,
      name: 'plan-phone',
      caption: 'The plan on a phone',
    },
    {
      ...shot,
      path: `${pathOf(run)}?tab=cost`,
      name: 'cost',
      caption: 'What it will cost a month, and what that is made of',
      height: 1200,
      act: page =>
        page.getByRole('button', { name: 'Open database/instance' }).click(),
    },
    {
      ...shot,
      ...PHONE,
      path: `${pathOf(run)}?tab=cost`,
      name: 'cost-phone',
      caption: 'The same on a phone',
    },
  ]);
  await camera.takeTogether(
    [
      {
        ...shot,
        name: 'run',
        caption: 'A run at work: resources complete one by one',
        act: page => untilCountIs(page, DONE_WHEN_TAKEN),
      },
      {
        ...shot,
        ...PHONE,
        name: 'run-phone',
        caption: 'The same run on a phone',
      },
    ],
    () => world.confirm(run),
  );
  await world.untilRun('maya', run.runId, ['succeeded']);
  await camera.take({
    ...shot,
    name: 'run-done',
    caption: 'A run that ended well',
    act: page => expect(page.getByText(/was created/).first()).toBeVisible(),
  });
  await camera.take({
    ...shot,
    path: `${pathOf(run)}?tab=events`,
    name: 'run-events',
    caption: 'Its events, in order and without gaps',
    act: page => expect(page.getByRole('log')).toBeVisible(),
  });

  await world.failNext(
    'AWS::RDS::DBInstance',
    'There is not enough capacity for db.t3.micro in the zones of this subnet group (Service: Rds, Status Code: 400)',
  );
  const failed = await world.create('maya', { name: 'search-trial' });
  await camera.take({
    person: 'maya',
    path: pathOf(failed),
    name: 'run-failed',
    caption: 'A run that failed: the cause, and the way on',
    act: page => expect(page.getByText(/capacity/).first()).toBeVisible(),
  });
  return run;
}
