import type {
  OutdatedEnvironment,
  StartedUpgrade,
  UpgradeApi,
  UpgradePreview,
} from '@slipway/plugin-infra-scaffolder-common';
import { sampleChanges, sampleEnvironment } from './samples';

/** An environment of an older version, of which the newer one brings a cache. */
export function sampleOutdated(
  part: Partial<OutdatedEnvironment> = {},
): OutdatedEnvironment {
  const { id, name, owner, system, size, region, status } = sampleEnvironment();
  return {
    environment: { id, name, owner, system, size, region, status },
    blueprint: {
      id: 'microservices-platform',
      title: 'Microservices platform',
    },
    from: '1.0.0',
    to: '1.2.0',
    isInstalled: true,
    releases: [
      {
        version: '1.2.0',
        summary: 'A cache beside the database.',
        notes: ['The first plan adds four resources and replaces none.'],
      },
      { version: '1.1.0', summary: 'Nodes of the newest image.', notes: [] },
    ],
    dropped: [],
    ...part,
  };
}

/** Upgrades in memory. */
export class FakeUpgradeApi implements UpgradeApi {
  items: OutdatedEnvironment[] = [];
  changes = sampleChanges().slice(-2);
  /** By environment: why it is not upgraded. */
  problems: Record<string, string> = {};
  failure?: Error;
  readonly calls: unknown[][] = [];

  async listUpgrades() {
    if (this.failure) {
      throw this.failure;
    }
    return this.items;
  }

  async previewUpgrade(environmentId: string): Promise<UpgradePreview> {
    this.calls.push(['previewUpgrade', environmentId]);
    return {
      environmentId,
      from: '1.0.0',
      to: '1.2.0',
      changes: this.changes,
      warnings: [],
    };
  }

  async startUpgrades(environmentIds: string[]): Promise<StartedUpgrade[]> {
    this.calls.push(['startUpgrades', environmentIds]);
    return environmentIds.map(environmentId => {
      const { environment, to } = this.items.find(
        each => each.environment.id === environmentId,
      )!;
      const problem = this.problems[environmentId];
      return {
        environmentId,
        environmentName: environment.name,
        to,
        ...(problem ? { problem } : { runId: `run-of-${environment.name}` }),
      };
    });
  }
}
