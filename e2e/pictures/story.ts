import type { Camera } from './Camera';
import type { PortalWorld } from './PortalWorld';
import { takeAccounts } from './scenes/accounts';
import { takeApprovals } from './scenes/approvals';
import { takeBeginnings } from './scenes/beginnings';
import { takeCatalog } from './scenes/catalog';
import { takeChanges } from './scenes/changes';
import { takeDrift } from './scenes/drift';
import { takeEnvironments } from './scenes/environments';
import { takeFleet } from './scenes/fleet';
import { takeForm } from './scenes/form';
import { takeLifetimes } from './scenes/lifetimes';
import { takePolicies } from './scenes/policies';
import { takeRuns } from './scenes/runs';
import { takeSchedules } from './scenes/schedules';
import { takeUpgrades } from './scenes/upgrades';

/** Walks a new portal from its first sign-in to several environments, taking the pictures on the way. */
export async function tellStory(
  camera: Camera,
  world: PortalWorld,
  say: (line: string) => void,
): Promise<void> {
  say('pictures  waiting until the catalog is read');
  for (const person of ['maya', 'tom', 'sam', 'ada']) {
    await world.untilKnown(person);
  }
  say('pictures  sign-in and empty pages');
  await takeBeginnings(camera);
  say('pictures  the form');
  await takeForm(camera);
  say('pictures  runs');
  const made = await takeRuns(camera, world);
  say('pictures  changes');
  await takeChanges(camera, world, made);
  say('pictures  policies');
  await takePolicies(camera, world);
  say('pictures  approvals and freezes');
  await takeApprovals(camera, world);
  say('pictures  environments');
  await takeEnvironments(camera, world);
  say('pictures  the fleet, and how to connect');
  await takeFleet(camera);
  say('pictures  drift');
  await takeDrift(camera, world);
  say('pictures  upgrades');
  await takeUpgrades(camera, world);
  say('pictures  accounts');
  await takeAccounts(camera, world);
  say('pictures  ends and receipts');
  await takeLifetimes(camera, world);
  say('pictures  schedules');
  await takeSchedules(camera, world);
  say('pictures  catalog, sandbox');
  await takeCatalog(camera, world);
}
