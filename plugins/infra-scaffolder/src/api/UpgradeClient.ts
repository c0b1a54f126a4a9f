import type {
  OutdatedEnvironment,
  StartedUpgrade,
  UpgradeApi,
  UpgradePreview,
} from '@slipway/plugin-infra-scaffolder-common';
import { HttpBackEnd, type HttpOptions } from './HttpBackEnd';

/** Upgrades over HTTP. */
export class UpgradeClient implements UpgradeApi {
  readonly #backEnd: HttpBackEnd;

  static create(options: HttpOptions): UpgradeClient {
    return new UpgradeClient(new HttpBackEnd(options));
  }

  private constructor(backEnd: HttpBackEnd) {
    this.#backEnd = backEnd;
  }

  async listUpgrades() {
    return (
      await this.#backEnd.get<{ items: OutdatedEnvironment[] }>('/upgrades')
    ).items;
  }

  previewUpgrade(environmentId: string) {
    return this.#backEnd.get<UpgradePreview>(
      `/environments/${encodeURIComponent(environmentId)}/upgrade-preview`,
    );
  }

  async startUpgrades(environmentIds: string[]) {
    return (
      await this.#backEnd.post<{ items: StartedUpgrade[] }>('/upgrades', {
        environmentIds,
      })
    ).items;
  }
}
