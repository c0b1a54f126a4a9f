import { ServiceUnavailableError } from '@backstage/errors';
import type { EngineAvailability } from '@slipway/plugin-infra-scaffolder-common';
import type {
  InfraEngine,
  InfraEnginesExtensionPoint,
} from '@slipway/plugin-infra-scaffolder-node';

/** The engines that modules brought. */
export class EngineRegistry implements InfraEnginesExtensionPoint {
  readonly #engines = new Map<string, InfraEngine>();

  static create(): EngineRegistry {
    return new EngineRegistry();
  }

  private constructor() {}

  addEngine(engine: InfraEngine): void {
    if (this.#engines.has(engine.id)) {
      throw new Error(
        `Engine ${engine.id} is registered twice. Remove one of the modules that bring it.`,
      );
    }
    this.#engines.set(engine.id, engine);
  }

  async availabilities(): Promise<EngineAvailability[]> {
    return Promise.all(
      [...this.#engines.values()].map(engine => engine.availability()),
    );
  }

  list(): InfraEngine[] {
    return [...this.#engines.values()];
  }

  find(id: string): InfraEngine | undefined {
    return this.#engines.get(id);
  }

  /** @throws ServiceUnavailableError where no module brought it. */
  get(id: string): InfraEngine {
    const engine = this.#engines.get(id);
    if (!engine) {
      throw new ServiceUnavailableError(
        `Engine ${id} is not installed in this portal. Add its back-end module.`,
      );
    }
    return engine;
  }
}
