import type {
  DriftAcceptance,
  DriftApi,
  DriftDetection,
  DriftReport,
  FleetDrift,
} from '@slipway/plugin-infra-scaffolder-common';
import { HttpBackEnd, type HttpOptions } from './HttpBackEnd';

type Items<T> = { items: T[] };

function pathOf(environmentId: string): string {
  return `/environments/${encodeURIComponent(environmentId)}/drift`;
}

/** Drift over HTTP. */
export class DriftClient implements DriftApi {
  readonly #backEnd: HttpBackEnd;

  static create(options: HttpOptions): DriftClient {
    return new DriftClient(new HttpBackEnd(options));
  }

  private constructor(backEnd: HttpBackEnd) {
    this.#backEnd = backEnd;
  }

  fleetDrift() {
    return this.#backEnd.get<FleetDrift>('/drift');
  }

  getDrift(environmentId: string) {
    return this.#backEnd.get<DriftReport>(pathOf(environmentId));
  }

  async listDetections(environmentId: string) {
    const path = `${pathOf(environmentId)}/detections`;
    return (await this.#backEnd.get<Items<DriftDetection>>(path)).items;
  }

  checkDrift(environmentId: string) {
    return this.#backEnd.post<DriftReport>(`${pathOf(environmentId)}/check`);
  }

  async listAcceptance(environmentId: string) {
    const path = `${pathOf(environmentId)}/acceptance`;
    return (await this.#backEnd.get<Items<DriftAcceptance>>(path)).items;
  }

  acceptDrift(
    environmentId: string,
    attributes: Array<{ logicalId: string; attribute: string }>,
  ) {
    return this.#backEnd.post<{ runId: string }>(
      `${pathOf(environmentId)}/accept`,
      { attributes },
    );
  }

  revertDrift(environmentId: string) {
    return this.#backEnd.post<{ runId: string }>(
      `${pathOf(environmentId)}/revert`,
    );
  }
}
