import { expect, type Camera } from '../Camera';
import type { PortalWorld } from '../PortalWorld';

const ACCOUNT = '123456789012';
const ELASTIC_IPS = { service: 'ec2', code: 'L-0263D0A3' };
const PLENTY = 750;

/** Whether accounts are ready for environments, and what is missing in one. */
export async function takeAccounts(
  camera: Camera,
  world: PortalWorld,
): Promise<void> {
  const page = { person: 'sam', path: '/accounts' };
  const check = () =>
    world.call('sam', 'POST', `/infra-scaffolder/accounts/${ACCOUNT}/checks`);
  const allow = (value: number) =>
    world.sandbox('POST', 'emulator/quotas', {
      ...ELASTIC_IPS,
      account: ACCOUNT,
      region: 'us-east-1',
      value,
    });
  await check();
  await camera.take({
    ...page,
    name: 'accounts',
    caption: 'An account, and whether each of its regions is ready',
    height: 1500,
    act: opened =>
      expect(opened.getByText('Room for VPCs').first()).toBeVisible(),
  });
  await allow(1);
  await check();
  await camera.take({
    ...page,
    name: 'accounts-full',
    caption: 'A region in which no other environment fits, and what mends it',
    act: opened => expect(opened.getByText('Failed').first()).toBeVisible(),
  });
  await camera.take({
    ...page,
    name: 'accounts-phone',
    caption: 'The same on a phone',
    width: 390,
    height: 844,
    act: opened => expect(opened.getByText('Failed').first()).toBeVisible(),
  });
  await allow(PLENTY);
  await check();
}
