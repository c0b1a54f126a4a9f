import {
  compareVersions,
  newestVersion,
  releasesSince,
  type Blueprint,
  type Environment,
  type OutdatedEnvironment,
} from '@slipway/plugin-infra-scaffolder-common';

/** The newest version of an environment's blueprint, where that is newer than its own. */
export function newerBlueprint(
  { blueprint }: Pick<Environment, 'blueprint'>,
  blueprints: Blueprint[],
): Blueprint | undefined {
  const newest = newestVersion(blueprints, blueprint.id);
  return newest && compareVersions(newest.version, blueprint.version) > 0
    ? newest
    : undefined;
}

/** Values of the environment's own that a version has a parameter for, and the names of those that it has none for. */
export function keptParameters(
  environment: Pick<Environment, 'parameters'>,
  { parameters }: Blueprint,
): { kept: Environment['parameters']; dropped: string[] } {
  const own = Object.entries(environment.parameters);
  return {
    kept: Object.fromEntries(
      own.filter(([name]) => Object.hasOwn(parameters, name)),
    ),
    dropped: own
      .map(([name]) => name)
      .filter(name => !Object.hasOwn(parameters, name)),
  };
}

/** Why an environment cannot be upgraded now, whoever asks. */
export function whyNotNow(environment: Environment): string | undefined {
  const { name, status, readyAt, activeRun, lease, freeze } = environment;
  if (activeRun) {
    return activeRun.operation === 'update'
      ? `A change of ${name} is on its way.`
      : `A run works on ${name}.`;
  }
  if (lease) {
    return `${name} is held by ${lease.by}: ${lease.reason}`;
  }
  if (freeze) {
    return `${name} is frozen: ${freeze.reason}`;
  }
  return readyAt
    ? undefined
    : `${name} was never ready (it is ${status}), so there is nothing to upgrade.`;
}

/** What there is to know of an environment of an older version; undefined where it is of the newest. */
export function outdated(
  environment: Environment,
  blueprints: Blueprint[],
): OutdatedEnvironment | undefined {
  const newer = newerBlueprint(environment, blueprints);
  if (!newer) {
    return undefined;
  }
  const { id, name, owner, system, size, region, status, activeRun } =
    environment;
  const blocked = whyNotNow(environment);
  const from = environment.blueprint.version;
  return {
    environment: {
      id,
      name,
      owner,
      system,
      size,
      region,
      status,
      ...(activeRun && { activeRun }),
    },
    blueprint: { id: newer.id, title: newer.title },
    from,
    to: newer.version,
    isInstalled: blueprints.some(
      each => each.id === newer.id && each.version === from,
    ),
    releases: releasesSince(newer, from),
    dropped: keptParameters(environment, newer).dropped,
    ...(blocked && { blocked }),
  };
}
