import type { Page } from '@playwright/test';
import { expect, type Camera } from '../Camera';

export const TEMPLATE = '/create/templates/default/microservices-platform';

async function fillIn(page: Page) {
  await page.getByRole('textbox', { name: /^Name/ }).fill('shop-dev');
  await page.getByLabel('System', { exact: true }).click();
  await page.getByRole('option', { name: /microservices-platform/ }).click();
  await expect(page.getByText(/Nothing is wrong/)).toBeVisible();
}

/** The form that asks for an environment. */
export async function takeForm(camera: Camera): Promise<void> {
  const form = { person: 'maya', path: TEMPLATE, height: 1300 };
  await camera.take({
    ...form,
    name: 'form',
    caption: 'The form: what can be known is filled in',
    act: page =>
      expect(page.getByRole('textbox', { name: /^CIDR/ })).not.toHaveValue(''),
  });
  await camera.take({
    ...form,
    name: 'form-errors',
    caption:
      'Every field is checked while it is typed, and says how to mend it',
    height: 900,
    act: async page => {
      await page.getByRole('textbox', { name: /^Name/ }).fill('Shop_Dev');
      await page.getByRole('textbox', { name: /^CIDR/ }).fill('10.0.1.0/16');
      await expect(page.getByRole('alert')).toHaveCount(2);
    },
  });
  await camera.take({
    ...form,
    name: 'review',
    caption: 'What is asked for, once more',
    height: 900,
    act: async page => {
      await fillIn(page);
      await page.getByRole('button', { name: 'Review' }).click();
      await page.getByRole('button', { name: 'Create', exact: true }).waitFor();
    },
  });
}
