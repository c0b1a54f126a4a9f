import { expect, type Camera } from '../Camera';
import type { PortalWorld } from '../PortalWorld';

/** As long as a name may be. */
const LONGEST = 'checkout-experiments-emea-01';

/** Several environments, and one of them closely. */
export async function takeEnvironments(
  camera: Camera,
  world: PortalWorld,
): Promise<void> {
  const prod = await world.create(
    'tom',
    {
      name: 'payments-prod',
      owner: 'group:default/payments',
      size: 'prod',
      region: 'us-west-2',
    },
    'ada',
  );
  await world.create('maya', {
    name: LONGEST,
    system: 'system:default/enterprise-platform',
    size: 'small',
    parameters: { logRetentionDays: 14, nodeMaxSize: 8 },
  });
  await world.freeze(
    'sam',
    prod.environment,
    'Audit of the fourth quarter, until 30 November',
  );
  const discarded = await world.request('tom', {
    name: 'ledger-spike',
    owner: 'group:default/payments',
  });
  await world.cancel(discarded);
  await world.request('maya', {
    name: 'records-small',
    size: 'small',
    system: 'system:default/records-service',
  });

  await camera.take({
    person: 'maya',
    path: '/',
    name: 'home',
    caption: 'Home: what needs the person, and the systems of their teams',
  });
  await camera.take({
    person: 'sam',
    path: '/environments',
    name: 'environments',
    caption: 'All environments that the person may see',
  });
  const environment = { person: 'maya', path: '/environments/shop-dev' };
  await camera.take({
    ...environment,
    name: 'environment',
    caption: 'An environment: how it is, what it offers, how it was asked for',
    height: 1200,
  });
  await camera.take({
    ...environment,
    path: `${environment.path}?tab=policies`,
    name: 'environment-policies',
    caption: 'What the policies say of it as it stands',
    act: page => expect(page.getByText(/^To be known/)).toBeVisible(),
  });
  await camera.take({
    ...environment,
    path: `${environment.path}?tab=resources`,
    name: 'environment-resources',
    caption: 'What it is made of, as AWS has it',
    act: page => expect(page.getByText(/read from AWS/)).toBeVisible(),
  });
  await camera.take({
    ...environment,
    path: `${environment.path}?tab=manifests`,
    name: 'environment-manifests',
    caption: 'What makes its cluster ready: manifests and Helm values',
    height: 1200,
    act: page =>
      page.getByRole('button', { name: /^namespaces\.yaml/ }).click(),
  });
  await camera.take({
    ...environment,
    path: `${environment.path}?tab=runs`,
    name: 'environment-runs',
    caption: 'Its runs',
  });
  await camera.take({
    ...environment,
    path: `${environment.path}?tab=activity`,
    name: 'environment-activity',
    caption: 'Who did what when',
  });
  await camera.take({
    ...environment,
    name: 'environment-destroy',
    caption: 'Destroying asks for the name',
    act: async page => {
      await page.getByRole('button', { name: 'Destroy…' }).click();
      await page.getByRole('dialog').getByRole('textbox').fill('shop-d');
    },
  });
  await camera.take({
    ...environment,
    path: `/environments/${LONGEST}`,
    name: 'environment-long-name',
    caption: 'A name as long as names may be',
  });
  await camera.take({
    person: 'sam',
    path: '/environments/payments-prod',
    name: 'environment-frozen',
    caption: 'A frozen environment',
  });
}
