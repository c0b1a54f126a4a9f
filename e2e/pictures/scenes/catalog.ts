import { expect, type Camera } from '../Camera';
import { eventually, type PortalWorld } from '../PortalWorld';

/** Environments in the catalog, what is not there, and the sandbox behind it all. */
export async function takeCatalog(
  camera: Camera,
  world: PortalWorld,
): Promise<void> {
  await eventually(
    () =>
      world.call(
        'maya',
        'GET',
        '/catalog/entities/by-name/resource/default/shop-dev',
      ),
    60,
  );
  await camera.take({
    person: 'maya',
    path: '/catalog/default/resource/shop-dev/environment',
    name: 'catalog-environment',
    caption: 'The environment in the catalog',
    act: page => expect(page.getByText(/is ready in/)).toBeVisible(),
  });
  await camera.take({
    person: 'maya',
    path: '/catalog/default/system/microservices-platform',
    name: 'catalog-system',
    caption: 'A system with its environments',
    height: 1100,
    act: page =>
      expect(page.getByRole('link', { name: 'shop-dev' })).not.toHaveCount(0),
  });
  await camera.take({
    person: 'maya',
    path: '/catalog?filters[kind]=system',
    name: 'catalog',
    caption: 'The catalog',
    act: page => expect(page.getByText('Cloud-native platform')).toBeVisible(),
  });
  await camera.take({
    person: 'maya',
    path: '/environments/payments-prod',
    name: 'environment-denied',
    caption: 'What a person may not see is as if it were not there',
    act: page => expect(page.getByText(/no environment/i)).toBeVisible(),
  });
  await camera.take({
    person: 'maya',
    path: '/no-such-page',
    name: 'not-found',
    caption: 'A page that does not exist',
  });
  await world.sandbox('POST', 'faults', {
    effect: { kind: 'dark', mode: 'drop' },
    match: { region: 'us-west-2' },
  });
  await camera.take({
    path: `${world.addresses.aws}/_slipway/`,
    name: 'sandbox',
    caption: 'The sandbox: what runs, which faults are on, the latest calls',
  });
  await world.sandbox('DELETE', 'faults', {});
}
