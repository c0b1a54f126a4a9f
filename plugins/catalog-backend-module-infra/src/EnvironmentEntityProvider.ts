import type {
  AuthService,
  LoggerService,
  SchedulerServiceTaskRunner,
} from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import type { EventParams, EventsService } from '@backstage/plugin-events-node';
import {
  INFRA_ENVIRONMENT_TOPIC,
  type Environment,
  type InfraEnvironmentEvent,
} from '@slipway/plugin-infra-scaffolder-common';
import type { InfraService } from '@slipway/plugin-infra-scaffolder-node';
import { environmentEntity } from './environmentEntity';

const PAGE_SIZE = 200;

interface Options {
  infra: InfraService;
  auth: AuthService;
  events: EventsService;
  logger: LoggerService;
  schedule: SchedulerServiceTaskRunner;
  /** Of the portal. */
  baseUrl: string;
}

function isLiving({ status }: Environment): boolean {
  return status !== 'destroyed' && status !== 'cancelled';
}

/**
 * Keeps a Resource of type `environment` in the catalog for each living environment: at once when the registry tells of a
 * change, and by reading the whole registry every few minutes, which makes up for what was not heard.
 */
export class EnvironmentEntityProvider implements EntityProvider {
  readonly #options: Options;
  #connection: EntityProviderConnection | undefined;

  static create(options: Options): EnvironmentEntityProvider {
    return new EnvironmentEntityProvider(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  getProviderName(): string {
    return 'infra-environments';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    this.#connection = connection;
    await this.#options.events.subscribe({
      id: this.getProviderName(),
      topics: [INFRA_ENVIRONMENT_TOPIC],
      onEvent: event => this.#follow(event),
    });
    await this.#options.schedule.run({
      id: `${this.getProviderName()}:refresh`,
      fn: () => this.#refresh(),
    });
  }

  async #follow({ eventPayload }: EventParams): Promise<void> {
    const { name } = eventPayload as InfraEnvironmentEvent;
    const { infra, auth } = this.#options;
    try {
      const environment = await infra.getEnvironment(name, {
        credentials: await auth.getOwnServiceCredentials(),
      });
      if (!environment) {
        return;
      }
      const entity = this.#deferred(environment);
      await this.#connection?.applyMutation({
        type: 'delta',
        added: isLiving(environment) ? [entity] : [],
        removed: isLiving(environment) ? [] : [entity],
      });
    } catch (error) {
      this.#options.logger.warn(
        `Environment ${name} changed but could not be read; the next full reading will bring it: ${stringifyError(
          error,
        )}`,
      );
    }
  }

  async #refresh(): Promise<void> {
    const entities = [];
    let cursor: string | undefined;
    do {
      const page = await this.#options.infra.listEnvironments(
        { limit: PAGE_SIZE, cursor },
        { credentials: await this.#options.auth.getOwnServiceCredentials() },
      );
      entities.push(...page.items.map(each => this.#deferred(each)));
      cursor = page.nextCursor;
    } while (cursor);
    await this.#connection?.applyMutation({ type: 'full', entities });
  }

  #deferred(environment: Environment) {
    return {
      entity: environmentEntity(environment, this.#options.baseUrl),
      locationKey: this.getProviderName(),
    };
  }
}
