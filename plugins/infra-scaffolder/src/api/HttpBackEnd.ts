import { ResponseError } from '@backstage/errors';
import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';

/** What a client of a back end needs. */
export interface HttpOptions {
  discoveryApi: DiscoveryApi;
  fetchApi: FetchApi;
}

/** The infra-scaffolder back end; what it refuses is thrown as `ResponseError`. */
export class HttpBackEnd {
  readonly #options: HttpOptions;

  constructor(options: HttpOptions) {
    this.#options = options;
  }

  async get<T>(path: string): Promise<T> {
    return (await this.#fetch(path)).json();
  }

  async post<T>(path: string, body: object = {}): Promise<T> {
    return this.#send('POST', path, body);
  }

  async put<T>(path: string, body: object): Promise<T> {
    return this.#send('PUT', path, body);
  }

  async delete<T>(path: string): Promise<T> {
    return (await this.#fetch(path, { method: 'DELETE' })).json();
  }

  async #send<T>(method: string, path: string, body: object): Promise<T> {
    const response = await this.#fetch(path, {
      method,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    return response.json();
  }

  async #fetch(path: string, init?: RequestInit): Promise<Response> {
    const { discoveryApi, fetchApi } = this.#options;
    const baseUrl = await discoveryApi.getBaseUrl('infra-scaffolder');
    const response = await fetchApi.fetch(`${baseUrl}${path}`, init);
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}
