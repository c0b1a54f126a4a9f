import { expect, type Page } from '@playwright/test';
import type { EngineId } from '@slipway/plugin-infra-scaffolder-common';
import { describeInAws, NOTHING } from '../support/aws';
import { choose } from '../support/createDev';
import { signIn } from '../support/people';
import { portal } from '../support/portal';
import { test } from '../support/test';
import { BLUEPRINTS, ENGINES, record } from './record';

const PLANNED_MS = 300_000;
/** The Terraform provider waits by its own clock, minutes for some resources. */
const DONE_MS = 1_200_000;

/** Confirms the plan that is shown; how many resources it names, and the seconds until the page says that they are so. */
async function confirm(
  page: Page,
  { verb, name, done }: { verb: string; name: string; done: string },
): Promise<{ resources: number; seconds: number }> {
  const button = page.getByRole('button', {
    name: new RegExp(`^${verb} ${name} \\(\\d+ resources?\\)$`),
  });
  await button.waitFor({ timeout: PLANNED_MS });
  const resources = Number(/\((\d+)/.exec((await button.textContent())!)![1]);
  const began = performance.now();
  await button.click();
  await expect(page.getByText(`${name} in us-east-1 was ${done}`)).toBeVisible({
    timeout: DONE_MS,
  });
  return { resources, seconds: (performance.now() - began) / 1000 };
}

async function create(
  page: Page,
  name: string,
  blueprint: string,
  engine: EngineId,
) {
  await page.goto(`${portal.appUrl()}/create/templates/default/${blueprint}`);
  await page.getByRole('textbox', { name: /^Name/ }).fill(name);
  if (!(await page.getByLabel('Owner', { exact: true }).inputValue())) {
    await choose(page, 'Owner', /storefront/i);
  }
  await choose(page, 'System', /microservices-platform/);
  if (engine === 'terraform') {
    await page.getByRole('radio', { name: 'Terraform' }).check();
  }
  await expect(page.getByRole('textbox', { name: /^CIDR/ })).toHaveValue(
    /^10\.\d+\.0\.0\/\d+$/,
  );
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await page.getByRole('link', { name: 'Watch the plan' }).click();
  return confirm(page, { verb: 'Create', name, done: 'created' });
}

async function change(page: Page, name: string) {
  await page.goto(`${portal.appUrl()}/environments/${name}`);
  await page.getByRole('link', { name: 'Change…' }).click();
  await choose(page, 'Logs kept', /^14( |$)/);
  await page.getByRole('button', { name: /^Plan 1 change$/ }).click();
  return confirm(page, { verb: 'Change', name, done: 'changed' });
}

async function destroy(page: Page, name: string) {
  await page.goto(`${portal.appUrl()}/environments/${name}`);
  await page.getByRole('button', { name: 'Destroy…' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill(name);
  await page.getByRole('button', { name: `Plan to destroy ${name}` }).click();
  return confirm(page, { verb: 'Destroy', name, done: 'destroyed' });
}

for (const blueprint of BLUEPRINTS) {
  for (const engine of ENGINES) {
    test(`${blueprint} by ${engine}`, async ({ page }) => {
      test.setTimeout(3 * DONE_MS);
      const name = `m-${blueprint.split('-')[0]}-${engine.slice(0, 2)}`;
      await signIn(page, 'maya', '/create');
      const created = await create(page, name, blueprint, engine);
      expect((await describeInAws(name)).vpcs).toHaveLength(1);
      const changed = await change(page, name);
      expect(changed.resources).toBeGreaterThan(0);
      const destroyed = await destroy(page, name);
      expect(await describeInAws(name)).toEqual(NOTHING);
      record({
        blueprint,
        engine,
        resources: created.resources,
        createSeconds: created.seconds,
        changed: changed.resources,
        updateSeconds: changed.seconds,
        destroySeconds: destroyed.seconds,
        day: new Date().toISOString().slice(0, 10),
      });
    });
  }
}
