import type { Page } from '@playwright/test';
import { expect, type Camera } from '../Camera';
import type { PortalWorld } from '../PortalWorld';

const PHONE = { width: 390, height: 844 };
const DAY_MS = 24 * 60 * 60 * 1000;

function inDays(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString();
}

async function fillIn(page: Page) {
  await page.getByRole('button', { name: 'Ask for an exemption' }).click();
  await page
    .getByLabel('Why it is left as it is')
    .fill('A load test of the new schema; the size goes back on Friday.');
}

/** A plan that a rule keeps from being applied, the way to an exemption, and the page of rules. */
export async function takePolicies(
  camera: Camera,
  world: PortalWorld,
): Promise<void> {
  const run = await world.request('maya', {
    name: 'load-test',
    parameters: { dbInstanceClass: 'db.r6i.large' },
  });
  const denied = {
    person: 'maya',
    path: `/environments/load-test/runs/${run.runId}`,
    act: (page: Page) =>
      expect(
        page.getByRole('button', { name: 'Ask for an exemption' }),
      ).toBeVisible(),
  };
  await camera.take({
    ...denied,
    name: 'plan-denied',
    caption: 'A plan that a rule keeps from being applied, and how to mend it',
  });
  await camera.take({
    ...denied,
    ...PHONE,
    name: 'plan-denied-phone',
    caption: 'The same on a phone',
  });
  await camera.take({
    ...denied,
    name: 'exemption-ask',
    caption: 'Asking for an exemption: who answers for it, why, until when',
    act: fillIn,
  });
  const exemption = {
    rule: 'development-sizes',
    environmentId: run.environment.id,
    resourcePattern: 'database*',
    owner: 'group:default/storefront',
    reason: 'A load test of the new schema; the size goes back on Friday.',
    expiresAt: inDays(5),
  };
  await world.call(
    'maya',
    'POST',
    '/infra-scaffolder/exemption-requests',
    exemption,
  );
  await camera.take({
    ...denied,
    person: 'ada',
    name: 'exemption-asked',
    caption: 'What is asked for, as an approver sees it',
    act: page =>
      expect(page.getByRole('button', { name: 'Grant it' })).toBeVisible(),
  });
  await world.call('ada', 'POST', '/infra-scaffolder/exemptions', {
    ...exemption,
    rule: 'no-plain-http',
    resourcePattern: 'edge/*',
    reason: 'Inside only; the name comes with the launch.',
  });
  await camera.take({
    person: 'ada',
    path: '/policies?tab=exemptions',
    name: 'exemptions',
    caption: 'Who answers for what, and until when',
    act: page => expect(page.getByText('Asked for').first()).toBeVisible(),
  });
  await camera.take({
    person: 'maya',
    path: '/policies?rule=no-public-database',
    name: 'policies',
    caption: 'The rules that plans are held to, each as it is written',
    act: page => expect(page.getByText(/forbid \(/).first()).toBeVisible(),
  });
  await world.cancel(run);
  await world.untilRun('maya', run.runId, ['cancelled']);
}
