import { expect, type Browser, type Page } from '@playwright/test';
import { describeInAws, NOTHING } from './support/aws';
import { choose } from './support/createDev';
import { portal } from './support/portal';
import { signIn } from './support/people';
import { test } from './support/test';

const NAME = 'shop-prod';

/** A browser of their own. */
async function open(browser: Browser, person: string, path: string) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await signIn(page, person, path);
  return page;
}

function panelOf(page: Page) {
  return page.locator('section').filter({
    has: page.getByRole('heading', { name: 'Approval', exact: true }),
  });
}

test('production is approved by somebody else, and not during a change freeze', async ({
  page: maya,
  browser,
}) => {
  await test.step('who asks confirms, and cannot approve', async () => {
    await signIn(maya, 'maya', '/create');
    await maya.goto(
      `${portal.appUrl()}/create/templates/default/microservices-platform`,
    );
    await maya.getByRole('textbox', { name: /^Name/ }).fill(NAME);
    if (!(await maya.getByLabel('Owner', { exact: true }).inputValue())) {
      await choose(maya, 'Owner', /storefront/i);
    }
    await choose(maya, 'System', /microservices-platform/);
    await maya.getByRole('radio', { name: /^Production/ }).click();
    await expect(maya.getByRole('textbox', { name: /^CIDR/ })).toHaveValue(
      /^10\.\d+\.0\.0\/16$/,
    );
    await maya.getByRole('button', { name: 'Review' }).click();
    await maya.getByRole('button', { name: 'Create', exact: true }).click();
    await maya.getByRole('link', { name: 'Watch the plan' }).click();
    const create = maya.getByRole('button', {
      name: /^Create shop-prod \(\d+ resources\)$/,
    });
    await expect(create).toBeVisible({ timeout: 60_000 });
    await expect(panelOf(maya)).toContainText(
      /Once plan [0-9a-f]{12} is confirmed, somebody else has to approve it/,
    );
    await expect(panelOf(maya)).toContainText(
      'Creates a production environment',
    );
    await create.click();
    await expect(
      maya.getByText(/is confirmed and awaits the approval of somebody else/),
    ).toBeVisible();
    await expect(
      panelOf(maya).getByRole('button', { name: 'Approve…' }),
    ).toBeDisabled();
    expect(await describeInAws(NAME)).toEqual(NOTHING);
  });

  const ada = await open(browser, 'ada', '/');
  await test.step('an approver is told, and sees plan, cost and findings', async () => {
    await expect(
      ada.getByRole('link', { name: /^Approvals: 1 plan awaits you$/ }),
    ).toBeVisible();
    await ada.getByRole('link', { name: /^Approvals: / }).click();
    await expect(ada.getByText('1 plan awaits your decision.')).toBeVisible();
    await ada
      .getByRole('row', { name: /Awaits you/ })
      .getByRole('link', { name: 'Create shop-prod' })
      .click();
    const panel = panelOf(ada);
    await expect(panel).toContainText('Awaits your decision.');
    await expect(panel).toContainText('maya');
    await expect(panel).toContainText(/\d+ to add/);
    await expect(panel).toContainText(/\$[\d,]+\.\d\d a month/);
    await expect(panel).toContainText('Users are led to HTTPS');
    await expect(ada.getByRole('tab', { name: 'Plan' })).toHaveAttribute(
      'aria-selected',
      'true',
    );
  });

  const approve = async () => {
    await panelOf(ada).getByRole('button', { name: 'Approve…' }).click();
    const dialog = ada.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Approve this plan' }).click();
    return dialog;
  };

  await test.step('nobody approves while a change freeze holds', async () => {
    const sam = await open(browser, 'sam', '/freezes');
    await sam.getByRole('button', { name: 'Add a freeze' }).first().click();
    await sam.getByLabel('Title').fill('Launch week');
    await sam.getByLabel('From (UTC)').fill('2020-01-01T00:00');
    await sam.getByLabel('Until (UTC)').fill('2100-01-01T00:00');
    await sam.getByLabel('Sizes').click();
    await sam.getByRole('option', { name: 'Production', exact: true }).click();
    await sam.getByRole('button', { name: 'Add this freeze' }).click();
    await expect(sam.getByText('In force: Launch week.')).toBeVisible();

    const dialog = await approve();
    await expect(dialog).toContainText(
      /Nothing is applied to shop-prod now: the change freeze "Launch week" holds until 2100/,
    );
    await dialog.getByRole('button', { name: 'Keep as it is' }).click();

    await sam.getByRole('button', { name: 'Remove Launch week' }).click();
    await sam.getByRole('button', { name: 'Remove this freeze' }).click();
    await expect(sam.getByText('No change freeze is in force.')).toBeVisible();
    await sam.context().close();
    expect(await describeInAws(NAME)).toEqual(NOTHING);
  });

  await test.step('approved, it is applied, and who asked sees by whom', async () => {
    await approve();
    await expect(
      maya.getByText(
        /Creating shop-prod in us-east-1: [1-9]\d* of \d+ resources/,
      ),
    ).toBeVisible({ timeout: 60_000 });
    await expect(panelOf(maya)).toContainText(/Approved by ada/);
    await expect(
      ada.getByRole('link', { name: 'Approvals', exact: true }),
    ).toBeVisible({ timeout: 30_000 });
    await expect(
      maya.getByText(/shop-prod in us-east-1 was created/),
    ).toBeVisible({ timeout: 150_000 });
    await ada.context().close();
  });
});
