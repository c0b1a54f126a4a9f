import type { Page } from '@playwright/test';
import { expect, type Camera } from '../Camera';
import type { PlannedRun, PortalWorld } from '../PortalWorld';

async function fillIn(page: Page) {
  await page.getByLabel('Storage', { exact: true }).fill('80');
  await page.getByRole('radio', { name: /^Small/ }).click();
  await expect(page.getByText('Was 20 GB.')).toBeVisible();
}

/** The form of a change, and the plan of one that replaces the nodes. */
export async function takeChanges(
  camera: Camera,
  world: PortalWorld,
  made: PlannedRun,
): Promise<void> {
  const { name } = made.environment;
  await camera.take({
    person: 'maya',
    path: `/environments/${name}/change`,
    name: 'change',
    caption: 'Changing an environment: each field says what it was',
    height: 1200,
    act: fillIn,
  });
  const run = await world.change(made, {
    size: 'small',
    parameters: { nodeInstanceTypes: ['t3.large'], dbStorageGb: 80 },
  });
  await camera.take({
    person: 'maya',
    path: `/environments/${name}/runs/${run.runId}`,
    name: 'change-plan',
    caption: 'The plan of a change: what is replaced, and what that means',
    act: page => expect(page.getByText(/is replaced because/)).toBeVisible(),
  });
  await camera.take({
    person: 'maya',
    path: `/environments/${name}/runs/${run.runId}?tab=cost&cost.sort=-difference`,
    name: 'change-cost',
    caption:
      'What a change costs: before, after, and the difference by resource',
    height: 1200,
    act: page =>
      expect(page.getByRole('button', { name: 'Difference' })).toBeVisible(),
  });
  await world.cancel(run);
  await world.untilRun('maya', run.runId, ['cancelled']);
}
