import semver from 'semver';
import type { Blueprint, BlueprintRelease } from './blueprint';
import type { Environment, ResourceChange } from './types';

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

/** What an upgrade would do, by the engine's own plan; nothing is held and nothing is kept. @public */
export interface UpgradePreview {
  environmentId: string;
  from: string;
  to: string;
  changes: ResourceChange[];
  /** What whoever decides should know, one sentence each. */
  warnings: string[];
}

/** What became of one environment that was asked to be upgraded. @public */
export interface StartedUpgrade {
  environmentId: string;
  environmentName: string;
  to?: string;
  /** The run that plans and, once its plan is confirmed, makes the upgrade. */
  runId?: string;
  /** Why there is no run. */
  problem?: string;
}

/**
 * The HTTP API of upgrades; each method says its route.
 * @public
 */
export interface UpgradeApi {
  /** GET /upgrades → { items }: environments that are of an older version, by name. */
  listUpgrades(): Promise<OutdatedEnvironment[]>;
  /** GET /environments/:id/upgrade-preview */
  previewUpgrade(environmentId: string): Promise<UpgradePreview>;
  /** POST /upgrades { environmentIds } → 202 { items }: a run for each, which plans and waits for its confirmation. */
  startUpgrades(environmentIds: string[]): Promise<StartedUpgrade[]>;
}
