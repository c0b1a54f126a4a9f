import { NotAllowedError } from '@backstage/errors';
import {
  infraDependentsOverridePermission,
  infraEnvironmentDestroyPermission,
  infraEnvironmentFreezePermission,
  infraEnvironmentUpdatePermission,
  type Environment,
  type EnvironmentQuery,
  type EnvironmentRequest,
  type EnvironmentUpdate,
} from '@slipway/plugin-infra-scaffolder-common';
import { assertForPerson } from './assertForPerson';
import type { DefaultEnvironmentService } from './DefaultEnvironmentService';
import type { EnvironmentAuthorizer } from './EnvironmentAuthorizer';
import type { As, EnvironmentService } from './types';

/**
 * Lets through what the permission policy allows. What a person may not read answers as if it were not there; what they
 * may read but not change is refused with whom to ask.
 */
export class AuthorizedEnvironmentService implements EnvironmentService {
  readonly #inner: DefaultEnvironmentService;
  readonly #authorizer: EnvironmentAuthorizer;

  static create(options: {
    inner: DefaultEnvironmentService;
    authorizer: EnvironmentAuthorizer;
  }): AuthorizedEnvironmentService {
    return new AuthorizedEnvironmentService(options);
  }

  private constructor(options: {
    inner: DefaultEnvironmentService;
    authorizer: EnvironmentAuthorizer;
  }) {
    this.#inner = options.inner;
    this.#authorizer = options.authorizer;
  }

  async list(query: EnvironmentQuery, as: As) {
    const filter = await this.#authorizer.readFilter(as.credentials);
    if (filter.kind === 'none') {
      return { items: [], total: 0 };
    }
    return this.#inner.list(
      query,
      as,
      filter.kind === 'some' ? filter.criteria : undefined,
    );
  }

  async get(nameOrId: string, as: As): Promise<Environment> {
    const environment = await this.#inner.find(nameOrId);
    return this.#authorizer.assertReadable(
      environment,
      `environment ${nameOrId}`,
      as.credentials,
    );
  }

  async create(
    request: EnvironmentRequest,
    options: As & { idempotencyKey: string },
  ) {
    assertForPerson(options.credentials);
    if (!(await this.#authorizer.mayCreate(options.credentials))) {
      throw new NotAllowedError(
        'You may not create environments. Ask a developer of the group that is to own it, an SRE or an admin.',
      );
    }
    return this.#inner.create(request, options);
  }

  async update(id: string, update: EnvironmentUpdate, as: As) {
    assertForPerson(as.credentials);
    const environment = await this.#assert(
      infraEnvironmentUpdatePermission,
      id,
      'change',
      as,
    );
    return this.#inner.update(environment.id, update, as);
  }

  async destroy(
    id: string,
    confirmName: string,
    as: As & { despiteDependents?: string },
  ) {
    assertForPerson(as.credentials);
    const environment = await this.#assert(
      infraEnvironmentDestroyPermission,
      id,
      'destroy',
      as,
    );
    if (as.despiteDependents) {
      await this.#authorizer.assertAllowed(
        infraDependentsOverridePermission,
        environment,
        'destroy in spite of what depends on it',
        as.credentials,
      );
    }
    return this.#inner.destroy(environment.id, confirmName, as);
  }

  async freeze(id: string, reason: string, as: As) {
    const environment = await this.#assertFreeze(id, 'freeze', as);
    return this.#inner.freeze(environment.id, reason, as);
  }

  async unfreeze(id: string, as: As) {
    const environment = await this.#assertFreeze(id, 'lift the freeze of', as);
    return this.#inner.unfreeze(environment.id, as);
  }

  async acquireLease(
    id: string,
    lease: { reason: string; seconds: number },
    as: As,
  ) {
    const environment = await this.#assertFreeze(id, 'take a lease on', as);
    return this.#inner.acquireLease(environment.id, lease, as);
  }

  async renewLease(id: string, leaseId: string, seconds: number, as: As) {
    const environment = await this.#assertFreeze(id, 'renew a lease on', as);
    return this.#inner.renewLease(environment.id, leaseId, seconds);
  }

  async releaseLease(id: string, leaseId: string, as: As) {
    const environment = await this.#assertFreeze(id, 'release a lease on', as);
    return this.#inner.releaseLease(environment.id, leaseId, as);
  }

  async listResources(id: string, as: As) {
    const environment = await this.get(id, as);
    return this.#inner.listResources(environment.id);
  }

  async listRuns(id: string, as: As) {
    const environment = await this.get(id, as);
    return this.#inner.listRuns(environment.id);
  }

  async listActivity(id: string, as: As) {
    const environment = await this.get(id, as);
    return this.#inner.listActivity(environment.id);
  }

  async #assertFreeze(id: string, deed: string, as: As) {
    return this.#assert(infraEnvironmentFreezePermission, id, deed, as);
  }

  async #assert(
    permission: Parameters<EnvironmentAuthorizer['assertAllowed']>[0],
    id: string,
    deed: string,
    as: As,
  ): Promise<Environment> {
    const environment = await this.get(id, as);
    await this.#authorizer.assertAllowed(
      permission,
      environment,
      deed,
      as.credentials,
    );
    return environment;
  }
}
