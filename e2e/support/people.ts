import type { Page } from '@playwright/test';
import { portal } from './portal';

/** Opens a page as one of the demonstration people. */
export async function signIn(page: Page, person: string, path = '/') {
  await page.goto(`${portal.appUrl()}${path}`);
  await page.getByRole('button', { name: new RegExp(person, 'i') }).click();
  await page.getByRole('link', { name: 'Environments' }).first().waitFor();
}
