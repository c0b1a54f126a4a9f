import {
  paginateListHealthChecks,
  paginateListHostedZones,
  Route53Client,
  type HealthCheck,
  type ResourceRecordSet,
  ListResourceRecordSetsCommand,
} from '@aws-sdk/client-route-53';
import { normalName } from './routing';

/** The records of one hosted zone. */
export interface Zone {
  /** With its final dot. */
  name: string;
  records: ResourceRecordSet[];
}

/**
 * What Route 53's control plane holds of public zones, read past every fault: its data plane outlives it.
 */
export class Route53Reader {
  readonly #client: Route53Client;

  constructor(client: Route53Client) {
    this.#client = client;
  }

  async zones(): Promise<Zone[]> {
    const zones: Zone[] = [];
    for await (const page of paginateListHostedZones(
      { client: this.#client },
      {},
    )) {
      const answering = (page.HostedZones ?? []).filter(
        ({ Config }) => !Config?.PrivateZone,
      );
      for (const zone of answering) {
        zones.push({
          name: normalName(zone.Name!),
          records: await this.#records(zone.Id!),
        });
      }
    }
    return zones;
  }

  async healthChecks(): Promise<HealthCheck[]> {
    const checks: HealthCheck[] = [];
    for await (const page of paginateListHealthChecks(
      { client: this.#client },
      {},
    )) {
      checks.push(...(page.HealthChecks ?? []));
    }
    return checks;
  }

  async #records(zoneId: string): Promise<ResourceRecordSet[]> {
    const records: ResourceRecordSet[] = [];
    let next: { name?: string; type?: string; identifier?: string } = {};
    do {
      const page = await this.#client.send(
        new ListResourceRecordSetsCommand({
          HostedZoneId: zoneId,
          StartRecordName: next.name,
          StartRecordType: next.type as ResourceRecordSet['Type'],
          StartRecordIdentifier: next.identifier,
        }),
      );
      records.push(...(page.ResourceRecordSets ?? []));
      next = page.IsTruncated
        ? {
            name: page.NextRecordName,
            type: page.NextRecordType,
            identifier: page.NextRecordIdentifier,
          }
        : {};
    } while (next.name);
    return records;
  }
}
