import { ResponseError } from '@backstage/errors';
import type { DiscoveryApi, FetchApi } from '@backstage/frontend-plugin-api';
import {
  fleetQueryString,
  type FleetApi,
  type FleetGroupBy,
  type FleetPage,
  type FleetPageQuery,
  type FleetQuery,
  type FleetSummary,
} from '@slipway/plugin-infra-scaffolder-common';

/** The fleet over HTTP. */
export class FleetClient implements FleetApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  static create(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    return new FleetClient(options.discoveryApi, options.fetchApi);
  }

  private constructor(discoveryApi: DiscoveryApi, fetchApi: FetchApi) {
    this.#discoveryApi = discoveryApi;
    this.#fetchApi = fetchApi;
  }

  listFleet(query: FleetPageQuery) {
    return this.#read<FleetPage>('/fleet', query);
  }

  summariseFleet(query: FleetQuery & { groupBy?: FleetGroupBy }) {
    return this.#read<FleetSummary>('/fleet/summary', query);
  }

  async #read<T>(
    path: string,
    query: Parameters<typeof fleetQueryString>[0],
  ): Promise<T> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('infra-scaffolder');
    const text = fleetQueryString(query);
    const response = await this.#fetchApi.fetch(
      `${baseUrl}${path}${text && `?${text}`}`,
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response.json();
  }
}
