import type { TerraformSettings } from '../config';
import { type Binary, findBinary } from './findBinary';
import { findProviders, type ProviderSource } from './providers';
import { whyNoRegistry } from './registry';

/** What it takes to run Terraform. */
export interface Toolchain {
  binary: Binary;
  providers: ProviderSource;
}

type ToolchainSettings = Partial<
  Pick<TerraformSettings, 'binary' | 'providerMirror' | 'pluginCache'>
>;

/** Looked for anew until it is there, then kept. */
export class ToolchainFinder {
  readonly #configured: ToolchainSettings;
  #found: Toolchain | undefined;

  static create(configured: ToolchainSettings): ToolchainFinder {
    return new ToolchainFinder(configured);
  }

  private constructor(configured: ToolchainSettings) {
    this.#configured = configured;
  }

  async find(): Promise<Toolchain | { reason: string }> {
    if (this.#found) {
      return this.#found;
    }
    const binary = await findBinary(this.#configured.binary);
    if ('reason' in binary) {
      return binary;
    }
    const providers = await findProviders(
      this.#configured.providerMirror,
      binary.kind,
    );
    if ('reason' in providers) {
      return providers;
    }
    const why =
      providers.from === 'registry'
        ? await whyNoRegistry(binary.kind, this.#configured.pluginCache)
        : undefined;
    if (why) {
      return { reason: why };
    }
    this.#found = { binary, providers };
    return this.#found;
  }
}
