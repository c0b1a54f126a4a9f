import { expect, type Page } from '@playwright/test';
import { portal } from './portal';

/** Chooses one of a field's options. */
export async function choose(page: Page, field: string, option: RegExp) {
  await page.getByLabel(field, { exact: true }).click();
  await page.getByRole('option', { name: option }).click();
}

/** Creates an environment of the microservices platform in its smallest size, by the form, and waits until it is there. */
export async function createDev(page: Page, name: string) {
  await page.goto(
    `${portal.appUrl()}/create/templates/default/microservices-platform`,
  );
  await page.getByRole('textbox', { name: /^Name/ }).fill(name);
  if (!(await page.getByLabel('Owner', { exact: true }).inputValue())) {
    await choose(page, 'Owner', /storefront/i);
  }
  await choose(page, 'System', /microservices-platform/);
  await expect(page.getByRole('textbox', { name: /^CIDR/ })).toHaveValue(
    /^10\.\d+\.0\.0\/16$/,
  );
  await page.getByRole('button', { name: 'Review' }).click();
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await page.getByRole('link', { name: 'Watch the plan' }).click();
  await page
    .getByRole('button', {
      name: new RegExp(`^Create ${name} \\(\\d+ resources\\)$`),
    })
    .click({ timeout: 60_000 });
  await expect(
    page.getByText(new RegExp(`${name} in us-east-1 was created`)),
  ).toBeVisible({ timeout: 120_000 });
}
