import { expect, type Camera } from '../Camera';

/** Finding environments among many, and connecting to one. */
export async function takeFleet(camera: Camera): Promise<void> {
  const fleet = { person: 'sam', path: '/environments' };
  await camera.take({
    ...fleet,
    path: `${fleet.path}?group=system`,
    name: 'environments-grouped',
    caption: 'The fleet by system: counts and monthly costs',
    act: page =>
      expect(
        page.getByRole('button', { name: 'Older blueprint' }),
      ).toBeVisible(),
  });
  await camera.take({
    ...fleet,
    name: 'environments-filter',
    caption: 'A filter says how many there are of each',
    act: async page => {
      await page.getByRole('button', { name: 'Filter by Owner' }).click();
      await expect(page.getByRole('menu')).toBeVisible();
    },
  });
  await camera.take({
    ...fleet,
    name: 'environments-phone',
    caption: 'The fleet on a phone',
    width: 390,
    height: 844,
  });
  await camera.take({
    ...fleet,
    name: 'environments-error',
    caption: 'The fleet while the back end does not answer',
    act: async page => {
      await page.route('**/api/infra-scaffolder/fleet**', route =>
        route.abort(),
      );
      await page.reload();
      await expect(
        page.getByText('The environments could not be read'),
      ).toBeVisible();
    },
  });
  const connect = {
    person: 'maya',
    path: '/environments/shop-dev?tab=connect',
  };
  await camera.take({
    ...connect,
    name: 'environment-connect',
    caption: 'How to reach an environment: commands and addresses to copy',
    height: 1400,
    act: page => expect(page.getByText(/logs tail/).first()).toBeVisible(),
  });
  await camera.take({
    ...connect,
    name: 'environment-connect-phone',
    caption: 'The same on a phone',
    width: 390,
    height: 844,
    act: page => expect(page.getByText(/logs tail/).first()).toBeVisible(),
  });
  await camera.take({
    person: 'maya',
    path: '/catalog/default/system/microservices-platform/environments',
    name: 'catalog-system-environments',
    caption: 'A system’s environments in the catalog',
    act: page =>
      expect(page.getByRole('link', { name: 'shop-dev' })).toBeVisible(),
  });
}
