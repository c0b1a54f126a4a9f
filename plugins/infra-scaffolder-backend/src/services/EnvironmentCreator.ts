import { createHash, randomUUID } from 'node:crypto';
import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  consentWords,
  defaultExpiry,
  fatesOf,
  lifetimeRuleOf,
  type Environment,
  type EnvironmentRequest,
  type LifetimeRules,
} from '@slipway/plugin-infra-scaffolder-common';
import type { RunEngine } from '@slipway/plugin-runs-node';
import type {
  ActivityStore,
  EnvironmentEnd,
  EnvironmentStore,
  Holder,
  IdempotencyKeyStore,
  KeyedRequest,
} from '../database/types';
import type { BlueprintRegistry } from '../registry/BlueprintRegistry';
import { actorOf } from './actor';
import type { Announcer } from './Announcer';
import { canonicalJson } from './canonicalJson';
import { desiredStateOf } from './environmentRun';
import type { EnvironmentAuthorizer } from './EnvironmentAuthorizer';
import { OneByOne } from './OneByOne';
import type { RequestChecker } from './RequestChecker';
import { RequestIssuesError } from './RequestIssuesError';
import { startRun } from './startRun';

export interface EnvironmentCreatorOptions {
  environments: EnvironmentStore;
  keys: IdempotencyKeyStore;
  activity: ActivityStore;
  runs: RunEngine;
  checker: RequestChecker;
  authorizer: EnvironmentAuthorizer;
  announcer: Announcer;
  blueprints: BlueprintRegistry;
  lifetimeRules: LifetimeRules;
}

type Created = { environment: Environment; runId: string };

/**
 * Registers environments. What others hold is checked twice: before, to answer with every issue at once, and again under
 * the lock of the address plan, in the transaction that inserts the environment and its run. The constraints of the table
 * stand behind both.
 */
export class EnvironmentCreator {
  readonly #options: EnvironmentCreatorOptions;
  readonly #registrations = new OneByOne();

  static create(options: EnvironmentCreatorOptions): EnvironmentCreator {
    return new EnvironmentCreator(options);
  }

  private constructor(options: EnvironmentCreatorOptions) {
    this.#options = options;
  }

  async create(
    request: EnvironmentRequest,
    options: { credentials: BackstageCredentials; idempotencyKey: string },
  ): Promise<Created> {
    const { credentials, idempotencyKey: key } = options;
    const actor = actorOf(credentials);
    const fingerprint = createHash('sha256')
      .update(canonicalJson(request))
      .digest('hex');

    const earlier = await this.#options.keys.find(actor, key);
    if (earlier) {
      return this.#answerAgain(earlier, fingerprint, credentials);
    }
    const issues = await this.#options.checker.check(request, credentials);
    if (issues.length > 0) {
      const meanwhile = await this.#options.keys.find(actor, key);
      if (meanwhile) {
        return this.#answerAgain(meanwhile, fingerprint, credentials);
      }
      throw new RequestIssuesError(issues);
    }
    const isVisible = await this.#options.authorizer.visibility(credentials);

    const partnerId = await this.#options.checker.partnerOf(
      request,
      credentials,
    );

    const result = await this.#registrations.do(() =>
      this.#register(request, {
        actor,
        key,
        fingerprint,
        isVisible,
        partnerId,
      }),
    );
    if (result.again) {
      return this.#answerAgain(result.again, fingerprint, credentials);
    }
    await this.#options.announcer.changed(
      result.environment,
      'requested',
      result.run.id,
    );
    return { environment: result.environment, runId: result.run.id };
  }

  async #register(
    request: EnvironmentRequest,
    by: {
      actor: string;
      key: string;
      fingerprint: string;
      isVisible: (holder: Holder) => boolean;
      partnerId?: string;
    },
  ) {
    const { actor, key, fingerprint, isVisible, partnerId } = by;
    const { environments, keys, checker } = this.#options;
    return environments.transaction(async tx => {
      await environments.lockAddressPlan(tx);
      const simultaneous = await keys.find(actor, key, tx);
      if (simultaneous) {
        return { again: simultaneous };
      }
      const held = checker.checkHeld(
        request,
        await environments.holders(tx),
        isVisible,
      );
      if (held.length > 0) {
        throw new RequestIssuesError(held);
      }
      const at = new Date();
      const environment = await environments.insert(
        {
          ...request,
          id: randomUUID(),
          createdBy: actor,
          createdAt: at,
          end: this.#endOf(request, actor, at),
          partnerId,
        },
        tx,
      );
      const run = await startRun(this.#options, {
        environment,
        operation: 'create',
        desired: desiredStateOf(environment),
        partnerId,
        actor,
        tx,
      });
      await keys.insert(
        {
          actor,
          key,
          fingerprint,
          environmentId: environment.id,
          runId: run.id,
        },
        at,
        tx,
      );
      return { environment: await environments.lock(environment.id, tx), run };
    });
  }

  /** By asking for it a person agrees to its end; the plan that they confirm says it in the same words. */
  #endOf(
    request: EnvironmentRequest,
    actor: string,
    at: Date,
  ): EnvironmentEnd | undefined {
    const { lifetimeRules, blueprints } = this.#options;
    const end =
      request.expiresAt ??
      defaultExpiry(lifetimeRuleOf(lifetimeRules, request), at);
    if (!end) {
      return undefined;
    }
    const { id, version } = request.blueprint;
    const words = consentWords(
      request.name,
      end,
      fatesOf(blueprints.find(id, version)?.blueprint, request),
    );
    return {
      at: new Date(end),
      setAt: at,
      consent: { by: actor, at: at.toISOString(), words },
    };
  }

  async #answerAgain(
    earlier: KeyedRequest,
    fingerprint: string,
    credentials: BackstageCredentials,
  ): Promise<Created> {
    if (earlier.fingerprint !== fingerprint) {
      throw new ConflictError(
        `The idempotency key "${earlier.key}" was used for another request. Send a new key with a new request.`,
      );
    }
    const environment = await this.#options.environments.find(
      earlier.environmentId,
    );
    const isVisible = await this.#options.authorizer.visibility(credentials);
    // Whoever has left the group since is told no more than of what is gone.
    if (!environment || !isVisible(environment)) {
      throw new ConflictError(
        `What was asked under the idempotency key "${earlier.key}" is no longer registered. Send a new key.`,
      );
    }
    return { environment, runId: earlier.runId };
  }
}
