import { inClusterKwok } from './inClusterKwok';
import { readKubeconfig } from './kubeconfig';
import type { Clusters, ClusterSource } from './types';

/** The clusters of a kubeconfig that a person has named for the purpose. They stay as they are at the end. */
export class NamedClusters implements ClusterSource {
  readonly #file: string;
  readonly #stagesFile: string;

  constructor(file: string, stagesFile: string) {
    this.#file = file;
    this.#stagesFile = stagesFile;
  }

  get description(): string {
    return `the clusters that ${this.#file} names`;
  }

  async start(): Promise<Clusters> {
    try {
      return {
        addresses: readKubeconfig(this.#file),
        isLocal: false,
        extras: inClusterKwok(this.#stagesFile),
        processes: [],
        stop: async () => {},
      };
    } catch (error) {
      throw new Error(
        `SLIPWAY_KUBECONFIG cannot be used: ${this.#file}: ${
          (error as Error).message
        }`,
      );
    }
  }

  async abort(): Promise<void> {}
}
