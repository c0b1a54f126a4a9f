import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import type {
  Activity,
  Environment,
  EnvironmentQuery,
  EnvironmentRequest,
  EnvironmentUpdate,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Run } from '@slipway/plugin-runs-common';
import type { RunEngine } from '@slipway/plugin-runs-node';
import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type { EnvironmentPermissionQuery } from '@slipway/plugin-infra-scaffolder-node';
import type { ActivityStore, EnvironmentStore } from '../database/types';
import { refusalOfOwnFreeze, refuseRequest } from '../freezes/refusal';
import type { DependentsForPeople } from '../lifetime/types';
import type { BlueprintRegistry } from '../registry/BlueprintRegistry';
import type { EngineRegistry } from '../registry/EngineRegistry';
import { actorOf } from './actor';
import type { Announcer } from './Announcer';
import { assertFree, assertLiving } from './assertFree';
import { describeUpdate } from './describeUpdate';
import { desiredStateOf, subjectOf, type RunPurpose } from './environmentRun';
import type { EnvironmentCreator } from './EnvironmentCreator';
import type { EnvironmentHolds } from './EnvironmentHolds';
import type { RequestChecker } from './RequestChecker';
import { RequestIssuesError } from './RequestIssuesError';
import { ResourceReader, type ResourceReading } from './ResourceReader';
import { startRun } from './startRun';
import type { As, EnvironmentService } from './types';

export interface EnvironmentServiceOptions {
  environments: EnvironmentStore;
  activity: ActivityStore;
  runs: RunEngine;
  blueprints: BlueprintRegistry;
  engines: EngineRegistry;
  checker: RequestChecker;
  creator: EnvironmentCreator;
  holds: EnvironmentHolds;
  announcer: Announcer;
  dependents: DependentsForPeople;
}

export class DefaultEnvironmentService implements EnvironmentService {
  readonly #options: EnvironmentServiceOptions;
  readonly #resources: ResourceReader;

  static create(options: EnvironmentServiceOptions): DefaultEnvironmentService {
    return new DefaultEnvironmentService(options);
  }

  private constructor(options: EnvironmentServiceOptions) {
    this.#options = options;
    this.#resources = new ResourceReader(options.engines);
  }

  /** @param filter - narrows the list further, in SQL. */
  async list(
    query: EnvironmentQuery,
    _as: As,
    filter?: PermissionCriteria<EnvironmentPermissionQuery>,
  ) {
    return this.#options.environments.list(query, filter);
  }

  async find(nameOrId: string): Promise<Environment | undefined> {
    return this.#options.environments.find(nameOrId);
  }

  async get(nameOrId: string): Promise<Environment> {
    const environment = await this.find(nameOrId);
    if (!environment) {
      throw new NotFoundError(`There is no environment ${nameOrId}.`);
    }
    return environment;
  }

  async create(
    request: EnvironmentRequest,
    options: As & { idempotencyKey: string },
  ) {
    return this.#options.creator.create(request, options);
  }

  async update(
    environmentId: string,
    update: EnvironmentUpdate,
    { credentials, purpose }: As & { purpose?: RunPurpose },
  ): Promise<{ runId: string }> {
    const environment = await this.get(environmentId);
    const desired = desiredStateOf(environment, update);
    const { checker } = this.#options;
    const draft = {
      blueprint: {
        id: environment.blueprint.id,
        version: desired.blueprintVersion,
      },
      accountId: environment.accountId,
      region: environment.region,
      engine: environment.engine,
      size: desired.size,
      parameters: desired.parameters,
    };
    const issues = await checker.check(draft, credentials, environment);
    if (issues.length > 0) {
      throw new RequestIssuesError(issues);
    }
    return this.#start(
      environment.id,
      'update',
      {
        credentials,
        purpose,
        partnerId: await checker.partnerOf(draft, credentials, environment),
      },
      update,
    );
  }

  async destroy(
    environmentId: string,
    confirmName: string,
    as: As & { despiteDependents?: string },
  ): Promise<{ runId: string }> {
    const environment = await this.get(environmentId);
    if (confirmName !== environment.name) {
      throw new InputError(
        `To destroy it, type its name, ${environment.name}, exactly.`,
      );
    }
    const reason = as.despiteDependents;
    const { items } = await this.#options.dependents.seenBy(
      environment,
      as.credentials,
    );
    if (items.length > 0 && !reason) {
      throw new ConflictError(
        `${environment.name} is needed by others: ${items
          .map(each => each.reason)
          .join(' ')} Take these dependencies away first.`,
      );
    }
    return this.#start(environment.id, 'destroy', {
      ...as,
      ...(reason && { purpose: { kind: 'despite-dependents', reason } }),
    });
  }

  async freeze(environmentId: string, reason: string, { credentials }: As) {
    await this.#options.holds.freeze(
      environmentId,
      reason,
      actorOf(credentials),
    );
  }

  async unfreeze(environmentId: string, { credentials }: As) {
    await this.#options.holds.unfreeze(environmentId, actorOf(credentials));
  }

  async acquireLease(
    environmentId: string,
    lease: { reason: string; seconds: number },
    { credentials }: As,
  ) {
    return this.#options.holds.acquireLease(
      environmentId,
      lease,
      actorOf(credentials),
    );
  }

  async renewLease(environmentId: string, leaseId: string, seconds: number) {
    return this.#options.holds.renewLease(environmentId, leaseId, seconds);
  }

  async releaseLease(
    environmentId: string,
    leaseId: string,
    { credentials }: As,
  ) {
    await this.#options.holds.releaseLease(
      environmentId,
      leaseId,
      actorOf(credentials),
    );
  }

  async listResources(environmentId: string): Promise<ResourceReading> {
    return this.#resources.read(await this.get(environmentId));
  }

  async listRuns(environmentId: string): Promise<Run[]> {
    const { id } = await this.get(environmentId);
    return this.#options.runs.list({ subject: subjectOf(id) });
  }

  async listActivity(environmentId: string): Promise<Activity[]> {
    const { id } = await this.get(environmentId);
    return this.#options.activity.list(id);
  }

  readonly #findBlueprint = (id: string, version: string) =>
    this.#options.blueprints.find(id, version)?.blueprint;

  async #start(
    environmentId: string,
    operation: 'update' | 'destroy',
    {
      credentials,
      purpose,
      partnerId,
    }: As & { purpose?: RunPurpose; partnerId?: string },
    update?: EnvironmentUpdate,
  ): Promise<{ runId: string }> {
    const { environments } = this.#options;
    const actor = actorOf(credentials);
    const started = await environments.transaction(async tx => {
      const environment = await environments.lock(environmentId, tx);
      assertLiving(environment);
      assertFree(environment);
      refuseRequest(refusalOfOwnFreeze(environment));
      if (operation === 'update' && !environment.readyAt) {
        throw new ConflictError(
          `${environment.name} was never ready, so there is nothing to change. Retry its last run, or destroy it.`,
        );
      }
      const desired = desiredStateOf(environment, update);
      const run = await startRun(this.#options, {
        environment,
        operation,
        desired,
        purpose,
        partnerId,
        actor,
        what:
          purpose?.kind === 'revert-drift'
            ? 'what drifted is put back'
            : describeUpdate(environment, desired, this.#findBlueprint),
        tx,
      });
      return { environment, run };
    });
    await this.#options.announcer.changed(
      started.environment,
      `${operation}-requested`,
      started.run.id,
    );
    return { runId: started.run.id };
  }
}
