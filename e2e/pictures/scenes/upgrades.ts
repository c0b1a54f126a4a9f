import type { Page } from '@playwright/test';
import { expect, type Camera } from '../Camera';
import type { PortalWorld } from '../PortalWorld';

const OLDER = ['shop-dev', 'checkout-experiments-emea-01', 'payments-prod'];
const PAGE = { person: 'sam', path: '/upgrades' };
const PHONE = { width: 390, height: 844 };

/** Environments of older versions of their blueprints, what an upgrade changes, and upgrading many. */
export async function takeUpgrades(
  camera: Camera,
  world: PortalWorld,
): Promise<void> {
  await camera.take({
    ...PAGE,
    name: 'upgrades-empty',
    caption: 'Upgrades where everything is of the newest version',
  });
  await world.withOlderBlueprint(OLDER, () => takeOlder(camera));
}

async function takeOlder(camera: Camera): Promise<void> {
  const isListed = (page: Page) =>
    expect(page.getByText('payments-prod').first()).toBeVisible();
  await camera.take({
    ...PAGE,
    name: 'upgrades',
    caption:
      'Environments of older versions, and what the engine says an upgrade would change',
    act: async page => {
      await isListed(page);
      await page
        .getByRole('button', { name: 'Open checkout-experiments-emea-01' })
        .click();
      await page.getByRole('button', { name: 'What would it change?' }).click();
      await expect(page.getByText(/Nothing was changed or held/)).toBeVisible();
    },
  });
  await camera.take({
    ...PAGE,
    name: 'upgrades-many',
    caption: 'Upgrading many: each gets a plan of its own',
    act: async page => {
      await isListed(page);
      await page.getByRole('button', { name: 'Choose all' }).click();
      await page.getByRole('button', { name: /^Upgrade 2 / }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
    },
  });
  await camera.take({
    ...PAGE,
    ...PHONE,
    name: 'upgrades-phone',
    caption: 'The same list on a phone',
    act: isListed,
  });
}
