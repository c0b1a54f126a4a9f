import {
  CloudFormationClient,
  ListChangeSetsCommand,
} from '@aws-sdk/client-cloudformation';
import { expect, type Page } from '@playwright/test';
import { awsSettings, describeInAws } from './support/aws';
import { createDev } from './support/createDev';
import { portal } from './support/portal';
import { signIn } from './support/people';
import { test } from './support/test';

const NAME = 'grow-dev';
const PAGE = `/environments/${NAME}`;

/** Those of the environment that nobody has executed. */
async function changeSets(): Promise<Array<string | undefined>> {
  const { Summaries = [] } = await new CloudFormationClient(
    awsSettings(portal.awsUrl()),
  ).send(new ListChangeSetsCommand({ StackName: `slipway-${NAME}` }));
  return Summaries.filter(
    ({ ExecutionStatus }) => ExecutionStatus !== 'EXECUTE_COMPLETE',
  ).map(({ ChangeSetName }) => ChangeSetName);
}

/** From the environment's page to the form. */
async function openForm(page: Page) {
  await page.goto(`${portal.appUrl()}${PAGE}`);
  await page.getByRole('link', { name: 'Change…' }).click();
  await expect(
    page.getByRole('button', { name: 'Nothing is changed' }),
  ).toBeDisabled();
}

test('a developer changes an environment, and drops another change', async ({
  page,
}) => {
  await signIn(page, 'maya', '/create');
  await createDev(page, NAME);
  const before = await describeInAws(NAME);

  await test.step('the form is filled, and marks what is changed', async () => {
    await openForm(page);
    await expect(page.getByLabel('Storage', { exact: true })).toHaveValue('20');
    await page.getByLabel('Storage', { exact: true }).fill('10');
    await expect(page.getByRole('alert').first()).toContainText(/20 to 16384/);
    await page.getByLabel('Storage', { exact: true }).fill('80');
    await page.getByRole('radio', { name: /^Small/ }).click();
    await page.getByRole('button', { name: /^Back to t3.medium \(/ }).click();
    await expect(page.getByText('Was 20 GB.')).toBeVisible();
    await expect(
      page.getByText(/^\d+ changes: Size Development → Small/),
    ).toBeVisible();
  });

  await test.step('the plan tells what is changed before anything is', async () => {
    await page.getByRole('button', { name: /^Plan \d+ changes$/ }).click();
    await expect(
      page.getByRole('button', {
        name: /^Change grow-dev \(\d+ resources?\)$/,
      }),
    ).toBeVisible({ timeout: 60_000 });
    await expect(
      page.getByText(/is interrupted because DBInstanceClass changes/),
    ).toBeVisible();
    expect(await changeSets()).toHaveLength(1);
    expect(await describeInAws(NAME)).toEqual(before);
  });

  await test.step('confirmed, AWS has the new values', async () => {
    await page.getByRole('button', { name: /^Change grow-dev \(/ }).click();
    await expect(
      page.getByText(/grow-dev in us-east-1 was changed/),
    ).toBeVisible({ timeout: 120_000 });
    const after = await describeInAws(NAME);
    expect(after.databases).toEqual([
      expect.objectContaining({
        DBInstanceIdentifier: before.databases[0].DBInstanceIdentifier,
        DBInstanceClass: 'db.t3.small',
        AllocatedStorage: 80,
      }),
    ]);
    expect(after.cluster?.scaling?.maxSize).toBe(6);
    expect(after.stacks).toEqual(['UPDATE_COMPLETE']);
  });

  await test.step('its page shows them, and who asked for them', async () => {
    await page.getByRole('link', { name: 'Open grow-dev' }).click();
    await expect(
      page.getByText(/grow-dev is ready in us-east-1, size small/),
    ).toBeVisible();
    await expect(page.getByText('80 GB (set by hand)')).toBeVisible();
    await page.getByRole('tab', { name: 'Activity' }).click();
    await expect(
      page.getByText(
        /^Changed grow-dev: size dev → small, .*dbStorageGb 20 → 80/,
      ),
    ).toBeVisible();
  });

  await test.step('a change that is discarded leaves no change set behind', async () => {
    const size = (await describeInAws(NAME)).databases[0].AllocatedStorage;
    await openForm(page);
    await page.getByLabel('Storage', { exact: true }).fill('90');
    await page.getByRole('button', { name: 'Plan 1 change' }).click();
    const discard = page.getByRole('button', { name: 'Discard plan' });
    await expect(discard).toBeVisible({ timeout: 60_000 });
    expect(await changeSets()).toHaveLength(1);
    await discard.click();
    await expect(
      page.getByText(/was cancelled before anything happened in AWS/),
    ).toBeVisible({ timeout: 60_000 });
    expect(await changeSets()).toEqual([]);
    expect((await describeInAws(NAME)).databases[0].AllocatedStorage).toBe(
      size,
    );
    await page.goto(`${portal.appUrl()}${PAGE}`);
    await expect(page.getByRole('link', { name: 'Change…' })).toBeEnabled();
  });
});
