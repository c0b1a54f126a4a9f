import {
  coreServices,
  createServiceFactory,
  createServiceRef,
  type AuthService,
  type BackstageCredentials,
  type DiscoveryService,
} from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import type {
  Environment,
  EnvironmentLease,
  EnvironmentQuery,
  EnvironmentRequest,
} from '@slipway/plugin-infra-scaffolder-common';

/** On whose behalf a call is made: a person's credentials, or the plugin's own. @public */
export interface InfraServiceOptions {
  credentials: BackstageCredentials;
}

/**
 * The registry of environments for other plugins' back ends. Errors are `ResponseError`s with the back end's own body, in
 * which refused requests carry `issues`.
 * @public
 */
export interface InfraService {
  listEnvironments(
    query: EnvironmentQuery,
    options: InfraServiceOptions,
  ): Promise<{ items: Environment[]; nextCursor?: string; total: number }>;
  /** By id, or by name: the living one, else the one that ended last; undefined where there is none. */
  getEnvironment(
    nameOrId: string,
    options: InfraServiceOptions,
  ): Promise<Environment | undefined>;
  /** The same idempotency key answers with the same environment. */
  createEnvironment(
    request: EnvironmentRequest,
    options: InfraServiceOptions & { idempotencyKey: string },
  ): Promise<{ environment: Environment; runId: string }>;
  /** Refuses plans and applies until it is lifted. */
  freezeEnvironment(
    environmentId: string,
    reason: string,
    options: InfraServiceOptions,
  ): Promise<void>;
  unfreezeEnvironment(
    environmentId: string,
    options: InfraServiceOptions,
  ): Promise<void>;
  /**
   * Keeps runs away while the caller works on the environment, for the given time (10 to 3600 seconds); renew it well before.
   * Answers 409 while a run or another lease holds it, naming who, since when, and for what.
   */
  acquireLease(
    environmentId: string,
    lease: { reason: string; seconds: number },
    options: InfraServiceOptions,
  ): Promise<EnvironmentLease>;
  /** Answers 409 where it has run out or was let go: the caller must stop. */
  renewLease(
    environmentId: string,
    leaseId: string,
    seconds: number,
    options: InfraServiceOptions,
  ): Promise<EnvironmentLease>;
  releaseLease(
    environmentId: string,
    leaseId: string,
    options: InfraServiceOptions,
  ): Promise<void>;
}

/** {@link InfraService} over HTTP. @public */
export class InfraNodeClient implements InfraService {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  static create(options: {
    auth: AuthService;
    discovery: DiscoveryService;
  }): InfraNodeClient {
    return new InfraNodeClient(options);
  }

  private constructor(options: {
    auth: AuthService;
    discovery: DiscoveryService;
  }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
  }

  async listEnvironments(
    query: EnvironmentQuery,
    options: InfraServiceOptions,
  ): Promise<{ items: Environment[]; nextCursor?: string; total: number }> {
    const search = new URLSearchParams(
      Object.entries(query).flatMap(([key, value]) =>
        [value ?? []].flat().map((one): [string, string] => [key, String(one)]),
      ),
    );
    return this.#json('GET', `/environments?${search}`, options);
  }

  async getEnvironment(
    nameOrId: string,
    options: InfraServiceOptions,
  ): Promise<Environment | undefined> {
    const response = await this.#fetch('GET', at(nameOrId), options);
    if (response.status === 404) {
      return undefined;
    }
    return (await checked(response)).json();
  }

  async createEnvironment(
    request: EnvironmentRequest,
    options: InfraServiceOptions & { idempotencyKey: string },
  ): Promise<{ environment: Environment; runId: string }> {
    return this.#json('POST', '/environments', options, request, {
      'Idempotency-Key': options.idempotencyKey,
    });
  }

  async freezeEnvironment(
    environmentId: string,
    reason: string,
    options: InfraServiceOptions,
  ): Promise<void> {
    const path = `${at(environmentId)}/freeze`;
    await checked(await this.#fetch('PUT', path, options, { reason }));
  }

  async unfreezeEnvironment(
    environmentId: string,
    options: InfraServiceOptions,
  ): Promise<void> {
    const path = `${at(environmentId)}/freeze`;
    await checked(await this.#fetch('DELETE', path, options));
  }

  async acquireLease(
    environmentId: string,
    lease: { reason: string; seconds: number },
    options: InfraServiceOptions,
  ): Promise<EnvironmentLease> {
    return this.#json('POST', `${at(environmentId)}/leases`, options, lease);
  }

  async renewLease(
    environmentId: string,
    leaseId: string,
    seconds: number,
    options: InfraServiceOptions,
  ): Promise<EnvironmentLease> {
    return this.#json('PUT', leaseAt(environmentId, leaseId), options, {
      seconds,
    });
  }

  async releaseLease(
    environmentId: string,
    leaseId: string,
    options: InfraServiceOptions,
  ): Promise<void> {
    await checked(
      await this.#fetch('DELETE', leaseAt(environmentId, leaseId), options),
    );
  }

  async #json<T>(
    method: string,
    path: string,
    options: InfraServiceOptions,
    body?: object,
    headers?: Record<string, string>,
  ): Promise<T> {
    const response = await this.#fetch(method, path, options, body, headers);
    return (await checked(response)).json();
  }

  async #fetch(
    method: string,
    path: string,
    { credentials }: InfraServiceOptions,
    body?: object,
    headers?: Record<string, string>,
  ): Promise<Response> {
    const [baseUrl, { token }] = await Promise.all([
      this.#discovery.getBaseUrl('infra-scaffolder'),
      this.#auth.getPluginRequestToken({
        onBehalfOf: credentials,
        targetPluginId: 'infra-scaffolder',
      }),
    ]);
    return fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        ...(body && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: body && JSON.stringify(body),
    });
  }
}

function at(environmentId: string): string {
  return `/environments/${encodeURIComponent(environmentId)}`;
}

function leaseAt(environmentId: string, leaseId: string): string {
  return `${at(environmentId)}/leases/${encodeURIComponent(leaseId)}`;
}

async function checked(response: Response): Promise<Response> {
  if (!response.ok) {
    throw await ResponseError.fromResponse(response);
  }
  return response;
}

/** {@link InfraService} for back-end plugins and modules. @public */
export const infraServiceRef = createServiceRef<InfraService>({
  id: 'infra-scaffolder.client',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { auth: coreServices.auth, discovery: coreServices.discovery },
      factory: deps => InfraNodeClient.create(deps),
    }),
});
