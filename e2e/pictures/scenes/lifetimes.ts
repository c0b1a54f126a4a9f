import { CreateVolumeCommand, EC2Client } from '@aws-sdk/client-ec2';
import type { Page, Route } from '@playwright/test';
import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import { awsSettings } from '../../support/aws';
import { expect, type Camera } from '../Camera';
import type { PlannedRun, PortalWorld } from '../PortalWorld';
import { TEMPLATE } from './form';

const PHONE = { width: 390, height: 844 };
const HOUR_MS = 3_600_000;
/** As long as a name may be. */
const LONGEST = 'quarterly-load-tests-emea-02';

async function destroyed(
  world: PortalWorld,
  { person, environment }: PlannedRun,
): Promise<void> {
  const { runId } = await world.call<{ runId: string }>(
    person,
    'POST',
    `/infra-scaffolder/environments/${environment.id}/destroy`,
    { confirmName: environment.name },
  );
  await world.untilRun(person, runId, ['waiting']);
  await world.confirm({ person, runId, environment });
  await world.untilRun(person, runId, ['succeeded', 'failed']);
}

/** Answers in the back end's place where a receipt is asked for. */
async function withReceipt(
  page: Page,
  answer: (route: Route) => Promise<void>,
) {
  await page.route('**/receipt', answer);
  await page.reload();
}

/** A volume that Kubernetes made for a pod, and nobody deleted with it. */
async function leaveVolume(
  world: PortalWorld,
  { id, region, name }: Environment,
): Promise<void> {
  const client = new EC2Client(awsSettings(world.addresses.aws, region));
  await client.send(
    new CreateVolumeCommand({
      AvailabilityZone: `${region}a`,
      Size: 20,
      TagSpecifications: [
        {
          ResourceType: 'volume',
          Tags: [
            { Key: 'slipway:environment-id', Value: id },
            { Key: 'slipway:environment', Value: name },
          ],
        },
      ],
    }),
  );
  client.destroy();
}

/** Registers a standby of it in the other region, as far as its plan. */
async function follow(
  world: PortalWorld,
  { name }: Environment,
): Promise<void> {
  const place = { accountId: '123456789012', region: 'us-west-2' };
  const { cidr } = await world.call<{ cidr: string }>(
    'maya',
    'POST',
    '/infra-scaffolder/cidr-proposals',
    { ...place, prefixLength: 16 },
  );
  await world.call('maya', 'POST', '/infra-scaffolder/environments', {
    ...place,
    cidr,
    blueprint: { id: 'high-workload', version: '1.0.0' },
    name: `${name}-standby`,
    owner: 'group:default/storefront',
    system: 'system:default/high-workload',
    size: 'standby',
    engine: 'cdk',
    parameters: {
      partnerStack: `slipway-${name}`,
      partnerRegion: 'us-east-1',
    },
  });
}

/** Ends: in the form, near, held up by others; and what is kept afterwards. */
export async function takeLifetimes(
  camera: Camera,
  world: PortalWorld,
): Promise<void> {
  await camera.take({
    person: 'maya',
    path: TEMPLATE,
    name: 'form-end',
    caption: 'The form says when it ends, and what one agrees to by asking',
    height: 1100,
    act: async page => {
      await page.getByRole('textbox', { name: /^Name/ }).fill('load-test');
      await page.getByLabel('Ends (UTC)').scrollIntoViewIfNeeded();
    },
  });
  const soon = await world.create('maya', {
    name: 'load-test',
    expiresAt: new Date(Date.now() + 25 * HOUR_MS).toISOString(),
  });
  const ending = { person: 'maya', path: '/environments/load-test' };
  await camera.take({
    ...ending,
    name: 'environment-ending',
    caption: 'An environment that ends soon is extended by one click',
  });
  await camera.take({
    ...ending,
    ...PHONE,
    name: 'environment-ending-phone',
    caption: 'The same on a phone',
  });
  await follow(world, soon.environment);
  await camera.take({
    ...ending,
    name: 'environment-needed',
    caption: 'What others need is not destroyed',
    act: async page => {
      await page.getByRole('button', { name: 'Destroy…' }).click();
      await expect(page.getByText(/is its standby/)).toBeVisible();
    },
  });
  const gone = await world.create('maya', { name: LONGEST });
  await leaveVolume(world, gone.environment);
  await destroyed(world, gone);
  const receipt = { person: 'maya', path: `/environments/${LONGEST}` };
  await camera.take({
    ...receipt,
    name: 'receipt',
    caption: 'The receipt of what was destroyed, and what was left',
    height: 1200,
    act: page => expect(page.getByText(/should be gone/)).toBeVisible(),
  });
  await camera.take({
    ...receipt,
    ...PHONE,
    name: 'receipt-phone',
    caption: 'The same on a phone',
  });
  await camera.take({
    ...receipt,
    name: 'receipt-empty',
    caption: 'Nothing was destroyed, so there is no receipt',
    height: 600,
    act: async page => {
      await withReceipt(page, route =>
        route.fulfill({ json: { receipt: null } }),
      );
      await expect(page.getByText('No receipt')).toBeVisible();
    },
  });
  await camera.take({
    ...receipt,
    name: 'receipt-error',
    caption: 'The receipt cannot be read',
    height: 600,
    act: async page => {
      await withReceipt(page, route => route.abort());
      await expect(page.getByText(/could not be read/)).toBeVisible();
    },
  });
}
