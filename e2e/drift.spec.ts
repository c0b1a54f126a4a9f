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

const NAME = 'drift-dev';
const CLUSTER = `slipway-${NAME}`;
const TAB = `/environments/${NAME}?tab=drift`;

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
  await page.goto(`${portal.appUrl()}${TAB}`);
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
  await signIn(page, 'maya', '/create');
  await createDev(page, NAME);

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
      new ListNodegroupsCommand({ clusterName: CLUSTER }),
    );
    await eks.send(
      new UpdateNodegroupConfigCommand({
        clusterName: CLUSTER,
        nodegroupName: nodegroups[0],
        scalingConfig: { maxSize: 7 },
      }),
    );
    const [database] = (await describeInAws(NAME)).databases;
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
    await page.goto(`${portal.appUrl()}${TAB}`);
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
    await expect(page.getByText('1 to change')).toBeVisible({
      timeout: 60_000,
    });
    await confirm(page);
    expect((await describeInAws(NAME)).databases[0].DeletionProtection).toBe(
      false,
    );
    await check(page);
    await expect(
      page.getByText(/Everything that can be checked is as it was applied/),
    ).toBeVisible({ timeout: 60_000 });
  });
});
