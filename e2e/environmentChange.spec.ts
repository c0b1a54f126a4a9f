import {
  CloudFormationClient,
  ListChangeSetsCommand,
} from '@aws-sdk/client-cloudformation';
import {
  EKSClient,
  ListNodegroupsCommand,
  UpdateNodegroupConfigCommand,
} from '@aws-sdk/client-eks';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { ModifyDBInstanceCommand, RDSClient } from '@aws-sdk/client-rds';
import { expect, type Page } from '@playwright/test';
import { awsSettings, describeInAws } from './support/aws';
import { createDev } from './support/createDev';
import { portal } from './support/portal';
import { signIn } from './support/people';
import { test } from './support/test';

const NAME = 'grow-dev';
const PAGE = `/environments/${NAME}`;

// The second test goes on with the environment of the first: creating one takes half a minute.
test.describe.configure({ mode: 'serial' });

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

/** Somebody who has keys of their own, and does not ask the portal. */
async function somebody() {
  const settings = awsSettings(portal.awsUrl());
  const iam = new IAMClient(settings);
  await iam.send(new CreateUserCommand({ UserName: 'kim' }));
  const { AccessKey } = await iam.send(
    new CreateAccessKeyCommand({ UserName: 'kim' }),
  );
  return {
    ...settings,
    credentials: {
      accessKeyId: AccessKey!.AccessKeyId!,
      secretAccessKey: AccessKey!.SecretAccessKey!,
    },
  };
}

async function check(page: Page) {
  await page.goto(`${portal.appUrl()}${PAGE}?tab=drift`);
  await page.getByRole('button', { name: 'Check now' }).click();
}

/** Confirms the plan that is shown, and waits until it is applied. */
async function confirm(page: Page) {
  await page
    .getByRole('button', { name: new RegExp(`^Change ${NAME} \\(`) })
    .click({ timeout: 60_000 });
  await expect(
    page.getByText(new RegExp(`${NAME} in us-east-1 was changed`)),
  ).toBeVisible({ timeout: 120_000 });
}

test('what somebody changes in AWS is found with its cause, taken over or put back', async ({
  page,
}) => {
  await signIn(page, 'maya', PAGE);
  const [database] = (await describeInAws(NAME)).databases;

  await test.step('as it was applied, nothing drifted', async () => {
    await check(page);
    await expect(
      page.getByText(/Everything that can be checked is as it was applied/),
    ).toBeVisible({ timeout: 60_000 });
  });

  await test.step('what changes behind the portal’s back is found, and who did it', async () => {
    const keys = await somebody();
    const eks = new EKSClient(keys);
    const { nodegroups = [] } = await eks.send(
      new ListNodegroupsCommand({ clusterName: `slipway-${NAME}` }),
    );
    await eks.send(
      new UpdateNodegroupConfigCommand({
        clusterName: `slipway-${NAME}`,
        nodegroupName: nodegroups[0],
        scalingConfig: { maxSize: 7 },
      }),
    );
    await new RDSClient(keys).send(
      new ModifyDBInstanceCommand({
        DBInstanceIdentifier: database.DBInstanceIdentifier,
        DeletionProtection: !database.DeletionProtection,
        ApplyImmediately: true,
      }),
    );
    await check(page);
    const nodes = page.getByRole('row', { name: /ScalingConfig\.MaxSize/ });
    await expect(nodes).toContainText('kim', { timeout: 60_000 });
    await expect(nodes).toContainText('UpdateNodegroupConfig');
    await expect(
      page.getByRole('row', { name: /DeletionProtection/ }),
    ).toContainText('ModifyDBInstance');
    await page.goto(`${portal.appUrl()}/drift`);
    await expect(page.getByText('UpdateNodegroupConfig by kim')).toBeVisible();
  });

  await test.step('a value is taken over into the parameter that has it', async () => {
    await page.goto(`${portal.appUrl()}${PAGE}?tab=drift`);
    await page
      .getByRole('row', { name: /ScalingConfig\.MaxSize/ })
      .getByRole('button', { name: 'Take over…' })
      .click({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Plan the change' }).click();
    await confirm(page);
    expect((await describeInAws(NAME)).cluster?.scaling?.maxSize).toBe(7);
  });

  await test.step('the rest is put back by a plan that says so', async () => {
    await check(page);
    await expect(
      page.getByRole('row', { name: /DeletionProtection/ }),
    ).toBeVisible({ timeout: 60_000 });
    await expect(
      page.getByRole('row', { name: /ScalingConfig\.MaxSize/ }),
    ).toHaveCount(0);
    await page.getByRole('button', { name: 'Put everything back…' }).click();
    await page.getByRole('button', { name: 'Plan to put it back' }).click();
    await expect(
      page.getByText(/^Plan \w+ for grow-dev in us-east-1: 1 to change/),
    ).toBeVisible({ timeout: 60_000 });
    await confirm(page);
    expect((await describeInAws(NAME)).databases[0].DeletionProtection).toBe(
      database.DeletionProtection,
    );
    await check(page);
    await expect(
      page.getByText(/Everything that can be checked is as it was applied/),
    ).toBeVisible({ timeout: 60_000 });
  });
});
