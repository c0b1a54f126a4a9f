import semver from 'semver';
import type { Blueprint, BlueprintRelease } from './blueprint';
import type { Environment } from './types';

/** Negative where `a` is the older of two versions; by semantic versioning. @public */
export function compareVersions(a: string, b: string): number {
  return semver.compare(a, b);
}

/** The newest version of a blueprint; undefined where there is none. @public */
export function newestVersion(
  blueprints: Blueprint[],
  id: string,
): Blueprint | undefined {
  return blueprints
    .filter(blueprint => blueprint.id === id)
    .reduce<Blueprint | undefined>(
      (newest, each) =>
        !newest || compareVersions(each.version, newest.version) > 0
          ? each
          : newest,
      undefined,
    );
}

/** What the changelog of a blueprint says since a version, newest first. @public */
export function releasesSince(
  blueprint: Blueprint,
  version: string,
): BlueprintRelease[] {
  return (blueprint.changes ?? [])
    .filter(release => compareVersions(release.version, version) > 0)
    .sort((a, b) => compareVersions(b.version, a.version));
}

/** An environment that is of an older version of its blueprint than the newest. @public */
export interface OutdatedEnvironment {
  environment: Pick<
    Environment,
    | 'id'
    | 'name'
    | 'owner'
    | 'system'
    | 'size'
    | 'region'
    | 'status'
    | 'activeRun'
  >;
  blueprint: { id: string; title: string };
  from: string;
  to: string;
  /** Whether the recorded version is still there; without it nobody can say what its defaults were. */
  isInstalled: boolean;
  /** What the changelog says of the versions between, newest first. */
  releases: BlueprintRelease[];
  /** Parameters with a value of the environment's own that the newer version has not; the values are dropped. */
  dropped: string[];
  /** Why it cannot be upgraded now, for whoever asks; absent where it can. */
  blocked?: string;
}

/** What became of one environment of a batch. @public */
export interface UpgradeBatchItem {
  environmentId: string;
  environmentName: string;
  from: string;
  to: string;
  /** The run that plans and, once confirmed, makes the upgrade. */
  run?: { id: string; state: string };
  /** Why there is no run. */
  problem?: string;
}

/** Upgrades that were asked for together; each has a plan of its own that a person confirms. @public */
export interface UpgradeBatch {
  id: string;
  createdBy: string;
  createdAt: string;
  items: UpgradeBatchItem[];
}

/**
 * The HTTP API of upgrades; each method says its route.
 * @public
 */
export interface UpgradeApi {
  /** GET /upgrades → { items, batches }: what is outdated, and the newest batches of the person's environments. */
  listUpgrades(): Promise<{
    items: OutdatedEnvironment[];
    batches: UpgradeBatch[];
  }>;
  /** POST /upgrades { environmentIds } → 202 UpgradeBatch: a run for each, which plans and waits for its confirmation. */
  startUpgrades(environmentIds: string[]): Promise<UpgradeBatch>;
  /** GET /upgrades/:batchId */
  getUpgradeBatch(batchId: string): Promise<UpgradeBatch>;
}
