import semver from 'semver';
import type { Blueprint } from './blueprint';
import { checkParameters, isParameterValue } from './parameters';

function checkDefaults(blueprint: Blueprint): string[] {
  return Object.entries(blueprint.parameters).flatMap(([name, schema]) => {
    try {
      return isParameterValue(schema, schema.default)
        ? []
        : [`parameter "${name}": its default does not fit its own schema`];
    } catch (error) {
      return [`parameter "${name}": ${(error as Error).message}`];
    }
  });
}

function checkChanges({ changes = [], version }: Blueprint): string[] {
  return changes.flatMap(release => {
    if (!semver.valid(release.version)) {
      return [`its changelog has a version "${release.version}"`];
    }
    return semver.gt(release.version, version)
      ? [`its changelog tells of ${release.version}, which is newer than it`]
      : [];
  });
}

function checkRules(blueprint: Blueprint): string[] {
  return blueprint.rules.flatMap(rule =>
    [rule.left, rule.right]
      .filter(
        name =>
          !['integer', 'number'].includes(
            blueprint.parameters[name]?.type ?? '',
          ),
      )
      .map(name => `a rule names "${name}", which is no numeric parameter`),
  );
}

function checkFates({ fates = [], parameters }: Blueprint): string[] {
  return fates.flatMap(({ when }) =>
    when && !Object.hasOwn(parameters, when.parameter)
      ? [`a fate names "${when.parameter}", which is no parameter`]
      : [],
  );
}

/**
 * What is wrong with a blueprint's definition, one sentence each; empty where it is well-formed: defaults and sizes fit
 * the schemas and rules, and everything named exists.
 * @public
 */
export function checkBlueprint(blueprint: Blueprint): string[] {
  const problems: string[] = [];
  if (!/^[a-z][a-z0-9-]*$/.test(blueprint.id)) {
    problems.push(`its id "${blueprint.id}" is not lower-case with hyphens`);
  }
  if (/^\d+\.\d+\.\d+$/.test(blueprint.version)) {
    problems.push(...checkChanges(blueprint));
  } else {
    problems.push(`its version "${blueprint.version}" is not like 1.0.0`);
  }
  if (blueprint.engines.length === 0) {
    problems.push('it names no engine');
  }
  if (!Object.hasOwn(blueprint.sizes, blueprint.defaultSize)) {
    problems.push(
      `its default size "${blueprint.defaultSize}" is not among its sizes`,
    );
  }
  const { minimum, maximum, default: usual } = blueprint.cidrPrefixLength;
  if (
    !(minimum >= 16 && minimum <= usual && usual <= maximum && maximum <= 28)
  ) {
    problems.push(
      `its CIDR prefix lengths (${minimum} to ${maximum}, default ${usual}) are not in order within 16 to 28, what AWS allows for a VPC`,
    );
  }
  problems.push(
    ...checkDefaults(blueprint),
    ...checkRules(blueprint),
    ...checkFates(blueprint),
  );
  if (problems.length > 0) {
    return problems;
  }
  return Object.entries(blueprint.sizes).flatMap(([name, size]) =>
    checkParameters(blueprint, name, size.parameters).map(
      issue => `size "${name}", ${issue.path}: ${issue.message}`,
    ),
  );
}
