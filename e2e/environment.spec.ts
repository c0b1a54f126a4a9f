import { expect, type Page } from '@playwright/test';
import { describeInAws, NOTHING } from './support/aws';
import { choose } from './support/createDev';
import { portal } from './support/portal';
import { signIn } from './support/people';
import { test } from './support/test';

const TEMPLATE = '/create/templates/default/microservices-platform';

async function fillIn(page: Page, name: string) {
  await page.getByRole('textbox', { name: /^Name/ }).fill(name);
  if (!(await page.getByLabel('Owner', { exact: true }).inputValue())) {
    await choose(page, 'Owner', /storefront/i);
  }
  await page.getByLabel('System', { exact: true }).click();
  await page.getByRole('option', { name: /microservices-platform/ }).click();
  await choose(page, 'AWS account', /sandbox/);
  await choose(page, 'Region', /us-east-1/);
  await expect(page.getByRole('textbox', { name: /^CIDR/ })).toHaveValue(
    /^10\.\d+\.0\.0\/16$/,
  );
}

/** From a filled form to the page with the plan. */
async function requestPlan(page: Page) {
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await page.getByRole('link', { name: 'Watch the plan' }).click();
  await expect(
    page.getByRole('button', { name: /^Create .* \(\d+ resources\)$/ }),
  ).toBeVisible({ timeout: 60_000 });
}

test.describe.configure({ mode: 'serial' });

test('a developer creates an environment, watches it grow, and destroys it', async ({
  context,
}) => {
  let page = await context.newPage();
  await signIn(page, 'maya', '/create');
  await page.goto(`${portal.appUrl()}${TEMPLATE}`);

  await test.step('every field is checked while it is typed', async () => {
    await page.getByRole('textbox', { name: /^Name/ }).fill('Shop_Dev');
    await expect(page.getByRole('alert').first()).toContainText(/lower-case/);
    await fillIn(page, 'shop-dev');
    await page.getByRole('textbox', { name: /^CIDR/ }).fill('10.0.0.300/16');
    await expect(page.getByRole('alert').first()).toContainText(/CIDR|IPv4/i);
    await page.getByRole('textbox', { name: /^CIDR/ }).fill('10.0.1.0/16');
    await page.getByRole('button', { name: 'Use 10.0.0.0/16' }).click();
    await page.getByLabel('Most nodes').fill('21');
    await expect(page.getByRole('alert').first()).toContainText(/20/);
    await page.getByLabel('Most nodes').fill('2');
    await expect(page.getByRole('alert')).toHaveCount(0);
  });

  await test.step('the plan names every resource before anything is made', async () => {
    await requestPlan(page);
    await expect(page.getByText(/^\d+ to add/).first()).toBeVisible();
    await page.getByRole('button', { name: /^database \d+ to add/ }).click();
    await expect(page.getByText(/DB ?Instance/i).first()).toBeVisible();
    expect(await describeInAws('shop-dev')).toEqual(NOTHING);
  });

  await test.step('confirmed, its resources complete one by one; a closed tab changes nothing', async () => {
    await page.getByRole('button', { name: /^Create shop-dev \(/ }).click();
    await expect(
      page.getByText(/Creating shop-dev in us-east-1: \d+ of \d+ resources/),
    ).toBeVisible();
    const address = page.url();
    await page.close();
    page = await context.newPage();
    await signIn(page, 'maya');
    await page.goto(address);
    await expect(
      page.getByText(
        /Creating shop-dev in us-east-1: [1-9]\d* of \d+ resources|was created/,
      ),
    ).toBeVisible();
    await expect(
      page.getByText(/shop-dev in us-east-1 was created/),
    ).toBeVisible({ timeout: 120_000 });
  });

  await test.step('its page shows what it is', async () => {
    await page.getByRole('link', { name: 'Open shop-dev' }).click();
    await expect(
      page.getByText(/shop-dev is ready in us-east-1/),
    ).toBeVisible();
    await expect(
      page.getByText('slipway-shop-dev', { exact: true }).first(),
    ).toBeVisible();
    await page.getByRole('tab', { name: 'Resources' }).click();
    await expect(
      page.getByText(/117 resources|\d{2,} resources/).first(),
    ).toBeVisible();
    await page.getByRole('tab', { name: 'Activity' }).click();
    await expect(page.getByText(/maya/i).first()).toBeVisible();
  });

  await test.step('AWS has it with the parameters that were asked', async () => {
    const found = await describeInAws('shop-dev');
    expect(found.stacks).toEqual(['CREATE_COMPLETE']);
    expect(found.vpcs.map(({ CidrBlock }) => CidrBlock)).toEqual([
      '10.0.0.0/16',
    ]);
    expect(found.subnets.map(({ CidrBlock }) => CidrBlock).sort()).toEqual([
      '10.0.0.0/24',
      '10.0.1.0/24',
      '10.0.2.0/24',
      '10.0.48.0/24',
      '10.0.49.0/24',
      '10.0.50.0/24',
      '10.0.52.0/24',
      '10.0.53.0/24',
      '10.0.54.0/24',
    ]);
    expect(found.natGateways).toHaveLength(1);
    expect(found.cluster).toMatchObject({
      status: 'ACTIVE',
      scaling: { minSize: 1, maxSize: 2, desiredSize: 2 },
      instanceTypes: ['t3.medium'],
    });
    expect(found.databases).toEqual([
      expect.objectContaining({
        DBInstanceClass: 'db.t3.micro',
        AllocatedStorage: 20,
        MultiAZ: false,
        BackupRetentionPeriod: 7,
        StorageEncrypted: true,
        PubliclyAccessible: false,
        DBInstanceStatus: 'available',
      }),
    ]);
  });

  await test.step('the catalog has it, with its owner and system', async () => {
    await expect(async () => {
      await page.goto(`${portal.appUrl()}/catalog/default/resource/shop-dev`);
      await expect(
        page.getByText('microservices-platform').first(),
      ).toBeVisible({ timeout: 5_000 });
      await expect(page.getByText(/storefront/i).first()).toBeVisible({
        timeout: 1_000,
      });
    }).toPass({ timeout: 60_000 });
  });

  await test.step('a second one made with defaults takes other addresses; a taken name is refused', async () => {
    await page.goto(`${portal.appUrl()}${TEMPLATE}`);
    await fillIn(page, 'shop-two');
    await expect(page.getByRole('textbox', { name: /^CIDR/ })).toHaveValue(
      '10.1.0.0/16',
    );
    await page.getByRole('textbox', { name: /^CIDR/ }).fill('10.0.0.0/16');
    await expect(page.getByRole('alert').first()).toContainText(/shop-dev/);
    await page.getByRole('button', { name: 'Use 10.1.0.0/16' }).click();
    await page.getByRole('textbox', { name: /^Name/ }).fill('shop-dev');
    await expect(page.getByRole('alert').first()).toContainText(
      /taken|already/i,
    );
  });

  await test.step('a developer of another team cannot tell that it is there', async () => {
    const other = await context.browser()!.newContext();
    const tom = await other.newPage();
    await signIn(tom, 'tom', '/environments');
    await expect(tom.getByText('shop-dev')).toHaveCount(0);
    await tom.goto(`${portal.appUrl()}/environments/shop-dev`);
    await expect(
      tom.getByText(/no environment|not found|could not be/i).first(),
    ).toBeVisible();
    await other.close();
  });

  await test.step('destroyed by its name, nothing of it is left in AWS', async () => {
    await page.goto(`${portal.appUrl()}/environments/shop-dev`);
    await page.getByRole('button', { name: 'Destroy…' }).click();
    const verb = page.getByRole('button', { name: 'Plan to destroy shop-dev' });
    await expect(verb).toBeDisabled();
    await page.getByRole('dialog').getByRole('textbox').fill('shop-dev');
    await verb.click();
    await page
      .getByRole('button', { name: /^Destroy shop-dev \(\d+ resources\)$/ })
      .click({ timeout: 60_000 });
    await expect(
      page.getByText(/shop-dev in us-east-1 was destroyed/),
    ).toBeVisible({ timeout: 120_000 });
    expect(await describeInAws('shop-dev')).toEqual(NOTHING);
  });

  await test.step('a receipt of it is kept, and a look by tags finds nothing left', async () => {
    await expect(page.getByText('Look for leftovers').first()).toBeVisible();
    await page.goto(`${portal.appUrl()}/environments/shop-dev`);
    await expect(
      page.getByText('Nothing is left that should be gone.'),
    ).toBeVisible({ timeout: 60_000 });
    const link = page.getByRole('link', { name: 'Download as Markdown' });
    expect(decodeURIComponent((await link.getAttribute('href'))!)).toMatch(
      /# shop-dev was destroyed[^]*Agreed to[^]*shop-dev is destroyed on/,
    );
  });
});

test('a run that is cancelled in the middle leaves nothing behind', async ({
  page,
}) => {
  await signIn(page, 'maya', '/create');
  await page.goto(`${portal.appUrl()}${TEMPLATE}`);
  await fillIn(page, 'short-lived');
  await requestPlan(page);
  await page.getByRole('button', { name: /^Create short-lived \(/ }).click();
  await expect(
    page.getByText(
      /Creating short-lived in us-east-1: [1-9]\d* of \d+ resources/,
    ),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  const confirm = page
    .getByRole('dialog')
    .getByRole('button', { name: /cancel/i })
    .last();
  if (await confirm.isVisible({ timeout: 2_000 }).catch(() => false)) {
    await confirm.click();
  }
  await expect(page.getByText(/cancelled/i).first()).toBeVisible({
    timeout: 120_000,
  });
  await expect
    .poll(() => describeInAws('short-lived'), { timeout: 120_000 })
    .toEqual(NOTHING);
  await page.goto(`${portal.appUrl()}${TEMPLATE}`);
  await fillIn(page, 'short-lived');
  await expect(page.getByRole('alert')).toHaveCount(0);
});
