import { ConflictError } from '@backstage/errors';
import type {
  DriftAcceptance,
  DriftApi,
  DriftDetection,
  DriftReport,
  FleetDrift,
} from '@slipway/plugin-infra-scaffolder-common';

/** Drift in memory: what is put in comes out. */
export class FakeDriftApi implements DriftApi {
  report: DriftReport = {
    environmentId: 'e1',
    state: 'unknown',
    reason: 'It was never checked.',
    findings: [],
    explained: [],
    unchecked: [],
  };
  detections: DriftDetection[] = [];
  acceptance: DriftAcceptance[] = [];
  fleet: FleetDrift = {
    counts: { in_sync: 0, drifted: 0, unknown: 0, checking: 0, unchecked: 0 },
    groups: [],
  };
  /** Why a check is refused. */
  refusal?: string;
  failure?: Error;
  readonly calls: unknown[][] = [];

  async fleetDrift() {
    this.#mayFail();
    return this.fleet;
  }

  async getDrift() {
    this.#mayFail();
    return this.report;
  }

  async listDetections() {
    return this.detections;
  }

  async checkDrift(environmentId: string) {
    this.calls.push(['checkDrift', environmentId]);
    if (this.refusal) {
      throw new ConflictError(this.refusal);
    }
    this.report = { ...this.report, state: 'checking' };
    return this.report;
  }

  async listAcceptance() {
    return this.acceptance;
  }

  async acceptDrift(
    environmentId: string,
    attributes: Array<{ logicalId: string; attribute: string }>,
  ) {
    this.calls.push(['acceptDrift', environmentId, attributes]);
    return { runId: 'r1' };
  }

  async revertDrift(environmentId: string) {
    this.calls.push(['revertDrift', environmentId]);
    return { runId: 'r1' };
  }

  #mayFail(): void {
    if (this.failure) {
      throw this.failure;
    }
  }
}
