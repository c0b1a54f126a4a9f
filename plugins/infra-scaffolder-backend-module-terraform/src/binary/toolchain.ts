import { type Binary, findBinary } from './findBinary';
import { findProviders, type ProviderSource } from './providers';

/** What it takes to run Terraform. */
export interface Toolchain {
  binary: Binary;
  providers: ProviderSource;
}

/** Looked for anew until it is there, then kept. */
export class ToolchainFinder {
  readonly #configured: { binary?: string; providerMirror?: string };
  #found: Toolchain | undefined;

  static create(configured: {
    binary?: string;
    providerMirror?: string;
  }): ToolchainFinder {
    return new ToolchainFinder(configured);
  }

  private constructor(configured: {
    binary?: string;
    providerMirror?: string;
  }) {
    this.#configured = configured;
  }

  async find(): Promise<Toolchain | { reason: string }> {
    if (this.#found) {
      return this.#found;
    }
    const [binary, providers] = await Promise.all([
      findBinary(this.#configured.binary),
      findProviders(this.#configured.providerMirror),
    ]);
    if ('reason' in binary) {
      return binary;
    }
    if ('reason' in providers) {
      return providers;
    }
    this.#found = { binary, providers };
    return this.#found;
  }
}
