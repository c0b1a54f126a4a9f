import { ConflictError } from '@backstage/errors';
import {
  consentWords,
  EXPIRY_ACTOR,
  fatesOf,
  infraDependentsOverridePermission,
  infraEnvironmentUpdatePermission,
  latestExpiry,
  lifetimeRuleOf,
  type Dependent,
  type Environment,
  type LifetimeRules,
} from '@slipway/plugin-infra-scaffolder-common';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { RunEngine } from '@slipway/plugin-runs-node';
import type { ActivityStore, EnvironmentStore } from '../database/types';
import type { BlueprintRegistry } from '../registry/BlueprintRegistry';
import { actorOf } from '../services/actor';
import type { Announcer } from '../services/Announcer';
import { assertLiving } from '../services/assertFree';
import type { EnvironmentAuthorizer } from '../services/EnvironmentAuthorizer';
import type { As } from '../services/types';
import { HIDDEN_DEPENDENT } from './dependentWords';
import type { Dependents, DependentsForPeople, LifetimeService } from './types';

interface Options {
  environments: EnvironmentStore;
  activity: ActivityStore;
  runs: RunEngine;
  blueprints: BlueprintRegistry;
  authorizer: EnvironmentAuthorizer;
  announcer: Announcer;
  dependents: Dependents;
  lifetimeRules: LifetimeRules;
}

/** Extends what ends, and says what needs an environment; what a person may not see is not named. */
export class DefaultLifetimeService
  implements LifetimeService, DependentsForPeople
{
  readonly #options: Options;

  static create(options: Options): DefaultLifetimeService {
    return new DefaultLifetimeService(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  async extendEnvironment(
    nameOrId: string,
    { credentials }: As,
  ): Promise<Environment> {
    const { authorizer, runs, announcer } = this.#options;
    const { id, ...found } = await this.#readable(nameOrId, credentials);
    await authorizer.assertAllowed(
      infraEnvironmentUpdatePermission,
      { ...found, id },
      'extend',
      credentials,
    );
    const actor = actorOf(credentials);
    const environment = await this.#extend(id, actor);
    const { activeRun } = environment;
    if (activeRun?.startedBy === EXPIRY_ACTOR) {
      await runs
        .command(
          activeRun.runId,
          { type: 'cancel', reason: 'The environment was extended.' },
          actor,
        )
        .catch(error => {
          // It has ended by itself: it looks at the end anew before it changes anything.
          if (!(error instanceof ConflictError)) {
            throw error;
          }
        });
    }
    await announcer.changed(environment, 'extended');
    return environment;
  }

  async listDependents(nameOrId: string, { credentials }: As) {
    return this.seenBy(
      await this.#readable(nameOrId, credentials),
      credentials,
    );
  }

  async seenBy(environment: Environment, credentials: BackstageCredentials) {
    const { authorizer, dependents } = this.#options;
    const [found, isVisible, mayOverride] = await Promise.all([
      dependents.of(environment),
      authorizer.visibility(credentials),
      authorizer.allows(
        infraDependentsOverridePermission,
        environment,
        credentials,
      ),
    ]);
    const items = found.map(
      (each): Dependent =>
        !each.environment || isVisible(each.environment)
          ? { entityRef: each.entityRef, reason: each.reason }
          : { reason: HIDDEN_DEPENDENT },
    );
    return { items, mayOverride };
  }

  async #extend(id: string, actor: string): Promise<Environment> {
    const { environments, activity, lifetimeRules, blueprints } = this.#options;
    return environments.transaction(async tx => {
      const environment = await environments.lock(id, tx);
      const { name, expiresAt, blueprint, status } = environment;
      assertLiving(environment);
      if (!expiresAt) {
        throw new ConflictError(
          `${name} has no end, so there is nothing to extend.`,
        );
      }
      if (status === 'destroying') {
        throw new ConflictError(
          `${name} is being destroyed; it is too late to extend it.`,
        );
      }
      const at = new Date();
      const rule = lifetimeRuleOf(lifetimeRules, environment);
      const latest = rule && latestExpiry(rule, at);
      if (latest && latest <= expiresAt) {
        throw new ConflictError(
          `${name} lives until ${expiresAt} already, which is as late as its stage allows. Extend it again nearer to its end.`,
        );
      }
      const words = latest
        ? consentWords(
            name,
            latest,
            fatesOf(
              blueprints.find(blueprint.id, blueprint.version)?.blueprint,
              environment,
            ),
          )
        : `${name} does not end by itself any more.`;
      await environments.update(
        id,
        {
          end: latest
            ? {
                at: new Date(latest),
                setAt: at,
                consent: { by: actor, at: at.toISOString(), words },
              }
            : null,
        },
        { at, tx },
      );
      await activity.add(
        id,
        {
          at,
          actor,
          action: 'environment.extended',
          message: latest
            ? `Extended ${name} until ${latest}. Agreed: ${words}`
            : words,
        },
        tx,
      );
      return environments.lock(id, tx);
    });
  }

  async #readable(
    nameOrId: string,
    credentials: BackstageCredentials,
  ): Promise<Environment> {
    const { environments, authorizer } = this.#options;
    return authorizer.assertReadable(
      await environments.find(nameOrId),
      `environment ${nameOrId}`,
      credentials,
    );
  }
}
