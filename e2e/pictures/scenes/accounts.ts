import { expect, type Camera } from '../Camera';

const PAGE = { person: 'sam', path: '/accounts' };
const PHONE = { width: 390, height: 844 };

/** The accounts that environments are made in, and what checks found in them. */
export async function takeAccounts(camera: Camera): Promise<void> {
  await camera.take({
    ...PAGE,
    name: 'accounts',
    caption: 'Accounts: what they take, and what is missing in them',
    height: 1200,
    act: async page => {
      await page
        .getByRole('button', { name: /^Check / })
        .first()
        .click();
      await expect(page.getByText(/^checked/).first()).toBeVisible();
    },
  });
  await camera.take({
    ...PAGE,
    ...PHONE,
    name: 'accounts-phone',
    caption: 'The same on a phone',
  });
}
