import type { LoggerService } from '@backstage/backend-plugin-api';
import { stringifyError } from '@backstage/errors';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  INFRA_ENVIRONMENT_TOPIC,
  INFRA_SIGNAL_CHANNEL,
  type Environment,
  type InfraEnvironmentEvent,
} from '@slipway/plugin-infra-scaffolder-common';

/**
 * Tells others what has happened: other plugins by an event, open pages by a signal, people by a notification. It is
 * told after the fact is committed, and nothing depends on its arrival: whoever cannot be reached reads it later.
 */
export class Announcer {
  readonly #options: {
    events: EventsService;
    signals: SignalsService;
    notifications: NotificationService;
    logger: LoggerService;
  };

  static create(options: {
    events: EventsService;
    signals: SignalsService;
    notifications: NotificationService;
    logger: LoggerService;
  }): Announcer {
    return new Announcer(options);
  }

  private constructor(options: {
    events: EventsService;
    signals: SignalsService;
    notifications: NotificationService;
    logger: LoggerService;
  }) {
    this.#options = options;
  }

  async changed(
    environment: Pick<Environment, 'id' | 'name'>,
    change: string,
    runId?: string,
  ): Promise<void> {
    const eventPayload: InfraEnvironmentEvent = {
      environmentId: environment.id,
      name: environment.name,
      change,
    };
    await Promise.all([
      this.#attempt('event', () =>
        this.#options.events.publish({
          topic: INFRA_ENVIRONMENT_TOPIC,
          eventPayload,
        }),
      ),
      this.#attempt('signal', () =>
        this.#options.signals.publish({
          recipients: { type: 'broadcast' },
          channel: INFRA_SIGNAL_CHANNEL,
          message: { environmentId: environment.id, ...(runId && { runId }) },
        }),
      ),
    ]);
  }

  /** Notifies one person; plugins that act by themselves are not people. */
  async notify(
    personRef: string,
    notification: {
      title: string;
      description: string;
      link: string;
      severity: 'low' | 'normal' | 'high';
    },
  ): Promise<void> {
    if (!personRef.startsWith('user:')) {
      return;
    }
    await this.#attempt('notification', () =>
      this.#options.notifications.send({
        recipients: { type: 'entity', entityRef: personRef },
        payload: { ...notification, topic: INFRA_ENVIRONMENT_TOPIC },
      }),
    );
  }

  /** Notifies who owns an environment: a person, or everybody in a group. */
  async notifyOwner(
    ownerRef: string,
    notification: {
      title: string;
      description: string;
      link: string;
      severity: 'low' | 'normal' | 'high';
    },
  ): Promise<void> {
    await this.#attempt('notification', () =>
      this.#options.notifications.send({
        recipients: { type: 'entity', entityRef: ownerRef },
        payload: { ...notification, topic: INFRA_ENVIRONMENT_TOPIC },
      }),
    );
  }

  async #attempt(what: string, send: () => Promise<void>): Promise<void> {
    try {
      await send();
    } catch (error) {
      this.#options.logger.warn(
        `Could not send a ${what} about an environment: ${stringifyError(
          error,
        )}`,
      );
    }
  }
}
