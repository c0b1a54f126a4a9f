import {
  ListTagsForResourceCommand,
  paginateListHealthChecks,
  Route53Client,
  type HealthCheck,
} from '@aws-sdk/client-route-53';
import { regionOf } from '../../dns/balancers';
import type { Clients } from '../footprint/clients';
import { ZONE_NAME } from '../footprint/names';
import type { KnownHealthCheck } from './facts';

/** The health checks of Route 53 with what their tags say; those never change their system, so they are asked once. */
export class HealthCheckReader {
  readonly #client: Route53Client;
  readonly #known = new Map<string, KnownHealthCheck>();

  constructor(clients: Clients) {
    this.#client = clients.of(Route53Client, 'us-east-1');
  }

  async read(): Promise<KnownHealthCheck[]> {
    const checks: KnownHealthCheck[] = [];
    for await (const page of paginateListHealthChecks(
      { client: this.#client },
      {},
    )) {
      for (const check of page.HealthChecks ?? []) {
        const known =
          this.#known.get(check.Id!) ?? (await this.#describe(check));
        this.#known.set(known.id, known);
        checks.push(known);
      }
    }
    return checks;
  }

  async #describe(check: HealthCheck): Promise<KnownHealthCheck> {
    const { ResourceTagSet } = await this.#client.send(
      new ListTagsForResourceCommand({
        ResourceType: 'healthcheck',
        ResourceId: check.Id,
      }),
    );
    const tag = (name: string) =>
      ResourceTagSet?.Tags?.find(({ Key }) => Key === name)?.Value;
    const endpoint = check.HealthCheckConfig?.FullyQualifiedDomainName ?? '';
    return {
      id: check.Id!,
      name: tag('Name') ?? endpoint,
      system: tag('slipway:system')?.replace(/^.*\//, '') ?? null,
      region: endpoint.endsWith(ZONE_NAME) ? regionOf(endpoint) ?? null : null,
    };
  }
}
