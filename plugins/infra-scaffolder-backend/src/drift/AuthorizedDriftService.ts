import {
  infraEnvironmentUpdatePermission,
  type Environment,
} from '@slipway/plugin-infra-scaffolder-common';
import type { EnvironmentStore } from '../database/types';
import type { EnvironmentAuthorizer } from '../services/EnvironmentAuthorizer';
import type { As } from '../services/types';
import type { DefaultDriftService } from './DefaultDriftService';
import type { DriftService } from './types';

/**
 * Lets through what the permission policy allows: who may see an environment sees its drift; who may change it has it
 * checked, accepted or put back.
 */
export class AuthorizedDriftService implements DriftService {
  readonly #inner: DefaultDriftService;
  readonly #environments: EnvironmentStore;
  readonly #authorizer: EnvironmentAuthorizer;

  static create(options: {
    inner: DefaultDriftService;
    environments: EnvironmentStore;
    authorizer: EnvironmentAuthorizer;
  }): AuthorizedDriftService {
    return new AuthorizedDriftService(options);
  }

  private constructor(options: {
    inner: DefaultDriftService;
    environments: EnvironmentStore;
    authorizer: EnvironmentAuthorizer;
  }) {
    this.#inner = options.inner;
    this.#environments = options.environments;
    this.#authorizer = options.authorizer;
  }

  async fleetDrift(as: As) {
    const filter = await this.#authorizer.readFilter(as.credentials);
    if (filter.kind === 'none') {
      return {
        counts: {
          in_sync: 0,
          drifted: 0,
          unknown: 0,
          checking: 0,
          unchecked: 0,
        },
        groups: [],
      };
    }
    return this.#inner.fleetDrift(
      as,
      filter.kind === 'some' ? filter.criteria : undefined,
    );
  }

  async getDrift(environmentId: string, as: As) {
    return this.#inner.getDrift((await this.#readable(environmentId, as)).id);
  }

  async listDetections(environmentId: string, as: As) {
    const { id } = await this.#readable(environmentId, as);
    return this.#inner.listDetections(id);
  }

  async listAcceptance(environmentId: string, as: As) {
    const { id } = await this.#changeable(environmentId, 'change', as);
    return this.#inner.listAcceptance(id);
  }

  async checkDrift(environmentId: string, as: As) {
    const deed = 'have the drift checked of';
    const { id } = await this.#changeable(environmentId, deed, as);
    return this.#inner.checkDrift(id, as);
  }

  async acceptDrift(
    environmentId: string,
    attributes: Array<{ logicalId: string; attribute: string }>,
    as: As,
  ) {
    const { id } = await this.#changeable(environmentId, 'change', as);
    return this.#inner.acceptDrift(id, attributes, as);
  }

  async revertDrift(environmentId: string, as: As) {
    const { id } = await this.#changeable(environmentId, 'change', as);
    return this.#inner.revertDrift(id, as);
  }

  async #readable(nameOrId: string, as: As): Promise<Environment> {
    return this.#authorizer.assertReadable(
      await this.#environments.find(nameOrId),
      `environment ${nameOrId}`,
      as.credentials,
    );
  }

  async #changeable(
    nameOrId: string,
    deed: string,
    as: As,
  ): Promise<Environment> {
    const environment = await this.#readable(nameOrId, as);
    await this.#authorizer.assertAllowed(
      infraEnvironmentUpdatePermission,
      environment,
      deed,
      as.credentials,
    );
    return environment;
  }
}
