import {
  EKSClient,
  ListNodegroupsCommand,
  UpdateNodegroupConfigCommand,
} from '@aws-sdk/client-eks';
import {
  DeleteAlarmsCommand,
  CloudWatchClient,
} from '@aws-sdk/client-cloudwatch';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import type { Page } from '@playwright/test';
import { awsSettings } from '../../support/aws';
import { expect, type Camera } from '../Camera';
import type { PortalWorld } from '../PortalWorld';

const NAME = 'shop-dev';
const PHONE = { width: 390, height: 844 };

/** Changes nodes and deletes an alarm with keys of somebody's own. */
async function changeByHand(endpoint: string): Promise<void> {
  const settings = awsSettings(endpoint);
  const iam = new IAMClient(settings);
  await iam.send(new CreateUserCommand({ UserName: 'kim.on-call' }));
  const { AccessKey } = await iam.send(
    new CreateAccessKeyCommand({ UserName: 'kim.on-call' }),
  );
  const own = {
    ...settings,
    credentials: {
      accessKeyId: AccessKey!.AccessKeyId!,
      secretAccessKey: AccessKey!.SecretAccessKey!,
    },
  };
  const eks = new EKSClient(own);
  const clusterName = `slipway-${NAME}`;
  const { nodegroups = [] } = await eks.send(
    new ListNodegroupsCommand({ clusterName }),
  );
  await eks.send(
    new UpdateNodegroupConfigCommand({
      clusterName,
      nodegroupName: nodegroups[0],
      scalingConfig: { maxSize: 9 },
    }),
  );
  await new CloudWatchClient(own).send(
    new DeleteAlarmsCommand({ AlarmNames: [`${clusterName}-database-cpu`] }),
  );
}

/** What somebody changed behind the portal's back, who it was, and what one does about it. */
export async function takeDrift(
  camera: Camera,
  world: PortalWorld,
): Promise<void> {
  const tab = { person: 'maya', path: `/environments/${NAME}?tab=drift` };
  await camera.take({
    ...tab,
    name: 'drift-unchecked',
    caption: 'An environment that was not checked yet',
  });
  await changeByHand(world.addresses.aws);
  await world.call(
    'maya',
    'POST',
    `/infra-scaffolder/environments/${NAME}/drift/check`,
    {},
  );
  const isFound = async (page: Page) => {
    await expect(page.getByText('UpdateNodegroupConfig')).toBeVisible({
      timeout: 60_000,
    });
    await expect(page.getByRole('button', { name: 'Take over…' })).toBeVisible({
      timeout: 60_000,
    });
  };
  await camera.take({
    ...tab,
    name: 'drift',
    caption:
      'What drifted, who changed it by which call, and what to do about it',
    height: 1100,
    act: isFound,
  });
  await camera.take({
    ...tab,
    ...PHONE,
    name: 'drift-phone',
    caption: 'The same on a phone',
    act: page => expect(page.getByText('kim.on-call').first()).toBeVisible(),
  });
  await camera.take({
    ...tab,
    name: 'drift-take-over',
    caption:
      'Taking a value over: the parameter that has it, and what else that changes',
    act: async page => {
      await isFound(page);
      await page.getByRole('button', { name: 'Take over…' }).click();
    },
  });
  await camera.take({
    person: 'sam',
    path: '/drift',
    name: 'drift-fleet',
    caption: 'Drift of all environments, grouped by its cause',
    act: page =>
      expect(
        page.getByText('UpdateNodegroupConfig by kim.on-call'),
      ).toBeVisible(),
  });
}
