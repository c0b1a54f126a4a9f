import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import {
  completeParameters,
  type DriftAcceptance,
  type DriftReport,
  type Environment,
  type FleetDrift,
} from '@slipway/plugin-infra-scaffolder-common';
import type { EnvironmentPermissionQuery } from '@slipway/plugin-infra-scaffolder-node';
import type { EnvironmentStore } from '../database/types';
import type { BlueprintRegistry } from '../registry/BlueprintRegistry';
import type { EngineRegistry } from '../registry/EngineRegistry';
import { actorOf } from '../services/actor';
import { assertFree, assertUnheld } from '../services/assertFree';
import type { As, EnvironmentService } from '../services/types';
import type { DriftChecker } from './DriftChecker';
import { findParameter } from './rules/findParameter';
import { groupByCause } from './rules/groupByCause';
import type { DriftService, DriftStore } from './types';

/** How long a blueprint may take to say what its parameters would make. */
const DESCRIBE_TIMEOUT_MS = 120_000;

interface Options {
  drift: DriftStore;
  environments: EnvironmentStore;
  environmentService: EnvironmentService;
  engines: EngineRegistry;
  blueprints: BlueprintRegistry;
  checker: DriftChecker;
}

export class DefaultDriftService implements DriftService {
  readonly #options: Options;

  static create(options: Options): DefaultDriftService {
    return new DefaultDriftService(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  /** @param filter - narrows it to what somebody may see, in SQL. */
  async fleetDrift(
    _as: As,
    filter?: PermissionCriteria<EnvironmentPermissionQuery>,
  ): Promise<FleetDrift> {
    const { drifted, counts } = await this.#options.drift.fleet(filter);
    return {
      counts: {
        in_sync: 0,
        drifted: 0,
        unknown: 0,
        checking: 0,
        unchecked: 0,
        ...counts,
      },
      groups: groupByCause(
        drifted.map(({ environment, report }) => ({
          environment,
          findings: report.findings,
        })),
      ),
    };
  }

  async getDrift(environmentId: string): Promise<DriftReport> {
    const stored = await this.#options.drift.find(environmentId);
    return (
      stored?.report ?? {
        environmentId,
        state: 'unknown',
        reason: 'It was never checked.',
        findings: [],
        explained: [],
        unchecked: [],
      }
    );
  }

  async listDetections(environmentId: string) {
    return this.#options.drift.detections(environmentId);
  }

  async checkDrift(
    environmentId: string,
    { credentials }: As,
  ): Promise<DriftReport> {
    const environment = await this.#environment(environmentId);
    const { name, status } = environment;
    if (status !== 'ready') {
      throw new ConflictError(
        `${name} is ${status}; there is nothing to compare it with until it is ready.`,
      );
    }
    assertUnheld(environment);
    const engine = this.#options.engines.get(environment.engine);
    if (!engine.detectDrift) {
      throw new ConflictError(
        `${name} was made by ${engine.title}, which cannot tell drift.`,
      );
    }
    await this.#options.checker.begin(environment, actorOf(credentials));
    return this.getDrift(environmentId);
  }

  async listAcceptance(environmentId: string): Promise<DriftAcceptance[]> {
    const environment = await this.#environment(environmentId);
    const { findings } = await this.getDrift(environmentId);
    const asked = findings.flatMap(({ logicalId, attributes }) =>
      attributes.map(change => ({ logicalId, change })),
    );
    if (asked.length === 0) {
      return [];
    }
    const { engines, blueprints } = this.#options;
    const engine = engines.get(environment.engine);
    const { id, version } = environment.blueprint;
    const registration = blueprints.find(id, version);
    const reason = !registration
      ? `Blueprint ${id} ${version} is not installed in this portal any more, so its parameters are not known. Upgrade the environment first.`
      : `${engine.title} cannot tell which parameter it is. Change the parameter by hand, or revert.`;
    const describe = engine.describe?.bind(engine);
    if (!registration || !describe) {
      return asked.map(({ logicalId, change }) => ({
        logicalId,
        attribute: change.path,
        also: [],
        reason,
      }));
    }
    const { blueprint } = registration;
    const parameters = completeParameters(
      blueprint,
      environment.size,
      environment.parameters,
    );
    const signal = AbortSignal.timeout(DESCRIBE_TIMEOUT_MS);
    const build = (values: typeof parameters) =>
      describe(
        { environment, blueprint: registration, parameters: values },
        signal,
      );
    const current = await build(parameters);
    const found: DriftAcceptance[] = [];
    for (const { logicalId, change } of asked) {
      found.push(
        await findParameter({
          logicalId,
          change,
          blueprint,
          parameters,
          current,
          describe: build,
        }),
      );
    }
    return found;
  }

  async acceptDrift(
    environmentId: string,
    attributes: Array<{ logicalId: string; attribute: string }>,
    as: As,
  ): Promise<{ runId: string }> {
    const environment = await this.#environment(environmentId);
    assertFree(environment);
    const possible = await this.listAcceptance(environmentId);
    const values: Environment['parameters'] = {};
    for (const { logicalId, attribute } of attributes) {
      const found = possible.find(
        each => each.logicalId === logicalId && each.attribute === attribute,
      );
      if (!found?.parameter) {
        throw new InputError(
          found?.reason ??
            `${attribute} of ${logicalId} is not among what drifted in ${environment.name}. Look again.`,
        );
      }
      const { name, after } = found.parameter;
      if (
        Object.hasOwn(values, name) &&
        JSON.stringify(values[name]) !== JSON.stringify(after)
      ) {
        throw new InputError(
          `The parameter ${name} cannot have two values: accept one of the attributes that come from it, and revert the others.`,
        );
      }
      values[name] = after;
    }
    return this.#options.environmentService.update(
      environmentId,
      { parameters: { ...environment.parameters, ...values } },
      { ...as, purpose: { kind: 'accept-drift' } },
    );
  }

  async revertDrift(environmentId: string, as: As): Promise<{ runId: string }> {
    const { findings } = await this.getDrift(environmentId);
    if (findings.length === 0) {
      const { name } = await this.#environment(environmentId);
      throw new ConflictError(
        `Nothing is known to have drifted in ${name}. Check it, then look again.`,
      );
    }
    return this.#options.environmentService.update(
      environmentId,
      {},
      { ...as, purpose: { kind: 'revert-drift' } },
    );
  }

  async #environment(id: string): Promise<Environment> {
    const environment = await this.#options.environments.find(id);
    if (!environment) {
      throw new NotFoundError(`There is no environment ${id}.`);
    }
    return environment;
  }
}
