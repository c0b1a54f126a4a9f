import { execFileSync } from 'node:child_process';
import { expect } from '@playwright/test';
import { describeInAws, NOTHING } from './support/aws';
import { choose } from './support/createDev';
import { portal } from './support/portal';
import { signIn } from './support/people';
import { test } from './support/test';

const NAME = 'tf-dev';
const TEMPLATE = '/create/templates/default/microservices-platform';
/** Of an apply or destroy: the provider waits by its own clock, half a minute for some resources. */
const APPLY_MS = 280_000;

function whyNoTerraform(): string | undefined {
  try {
    execFileSync('terraform', ['version'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'there is no terraform on the PATH';
  }
}

test('a developer creates, changes and destroys an environment by Terraform', async ({
  page,
}) => {
  test.skip(Boolean(whyNoTerraform()), whyNoTerraform());
  test.setTimeout(1_200_000);
  await signIn(page, 'maya', '/create');

  await test.step('the form offers the engine', async () => {
    await page.goto(`${portal.appUrl()}${TEMPLATE}`);
    await page.getByRole('textbox', { name: /^Name/ }).fill(NAME);
    if (!(await page.getByLabel('Owner', { exact: true }).inputValue())) {
      await choose(page, 'Owner', /storefront/i);
    }
    await choose(page, 'System', /microservices-platform/);
    await page.getByRole('radio', { name: 'Terraform' }).check();
    await expect(page.getByRole('textbox', { name: /^CIDR/ })).toHaveValue(
      /^10\.\d+\.0\.0\/16$/,
    );
    await page.getByRole('button', { name: 'Review' }).click();
    await expect(page.getByText('Terraform').first()).toBeVisible();
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('link', { name: 'Watch the plan' }).click();
  });

  await test.step('its plan names every resource before anything is made', async () => {
    const create = page.getByRole('button', {
      name: new RegExp(`^Create ${NAME} \\(\\d+ resources\\)$`),
    });
    await expect(create).toBeVisible({ timeout: 120_000 });
    await page.getByRole('button', { name: /^database \d+ to add/ }).click();
    await expect(page.getByText(/DB ?Instance/i).first()).toBeVisible();
    expect(await describeInAws(NAME)).toEqual(NOTHING);
    await create.click();
  });

  await test.step('its resources complete one by one', async () => {
    await expect(
      page.getByText(
        new RegExp(
          `Creating ${NAME} in us-east-1: [1-9]\\d* of \\d+ resources`,
        ),
      ),
    ).toBeVisible({ timeout: 60_000 });
    await expect(
      page.getByText(`${NAME} in us-east-1 was created`),
    ).toBeVisible({ timeout: APPLY_MS });
    const found = await describeInAws(NAME);
    expect(found.stacks).toEqual([]);
    expect(found.cluster).toMatchObject({ status: 'ACTIVE' });
    expect(found.databases).toEqual([
      expect.objectContaining({
        DBInstanceClass: 'db.t3.micro',
        AllocatedStorage: 20,
        StorageEncrypted: true,
        PubliclyAccessible: false,
      }),
    ]);
  });

  await test.step('its page shows what it is', async () => {
    await page.getByRole('link', { name: `Open ${NAME}` }).click();
    await expect(
      page.getByText(new RegExp(`${NAME} is ready in us-east-1`)),
    ).toBeVisible();
    await page.getByRole('tab', { name: 'Resources' }).click();
    await expect(page.getByText(/\d{2,} resources/).first()).toBeVisible();
  });

  await test.step('a change is planned and made', async () => {
    await page.goto(`${portal.appUrl()}/environments/${NAME}`);
    await page.getByRole('link', { name: 'Change…' }).click();
    await page.getByLabel('Storage', { exact: true }).fill('80');
    await page.getByRole('button', { name: /^Plan 1 change$/ }).click();
    await page
      .getByRole('button', {
        name: new RegExp(`^Change ${NAME} \\(\\d+ resources?\\)$`),
      })
      .click({ timeout: 120_000 });
    await expect(
      page.getByText(`${NAME} in us-east-1 was changed`),
    ).toBeVisible({ timeout: APPLY_MS });
    expect((await describeInAws(NAME)).databases).toEqual([
      expect.objectContaining({ AllocatedStorage: 80 }),
    ]);
  });

  await test.step('destroyed by its name, nothing of it is left in AWS', async () => {
    await page.goto(`${portal.appUrl()}/environments/${NAME}`);
    await page.getByRole('button', { name: 'Destroy…' }).click();
    await page.getByRole('dialog').getByRole('textbox').fill(NAME);
    await page.getByRole('button', { name: `Plan to destroy ${NAME}` }).click();
    await page
      .getByRole('button', {
        name: new RegExp(`^Destroy ${NAME} \\(\\d+ resources\\)$`),
      })
      .click({ timeout: 120_000 });
    await expect(
      page.getByText(`${NAME} in us-east-1 was destroyed`),
    ).toBeVisible({ timeout: APPLY_MS });
    expect(await describeInAws(NAME)).toEqual(NOTHING);
  });
});
