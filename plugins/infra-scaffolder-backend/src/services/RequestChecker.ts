import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { AwsAccess } from '@slipway/plugin-aws-node';
import {
  checkExpiry,
  checkName,
  checkParameters,
  defaultExpiry,
  lifetimeRuleOf,
  type EnvironmentRequest,
  type LifetimeRules,
  type RequestIssue,
} from '@slipway/plugin-infra-scaffolder-common';
import type { BlueprintRegistration } from '@slipway/plugin-infra-scaffolder-node';
import type { EnvironmentStore, Holder } from '../database/types';
import type { BlueprintRegistry } from '../registry/BlueprintRegistry';
import type { EngineRegistry } from '../registry/EngineRegistry';
import type { AddressPlan } from './AddressPlan';
import { checkCatalogRefs } from './checkCatalogRefs';
import { checkPartner, type EnvironmentBefore } from './checkPartner';
import { checkQuotas } from './checkQuotas';
import { checkTarget } from './checkTarget';
import type { EnvironmentAuthorizer } from './EnvironmentAuthorizer';

/** A request as far as it is filled in; values are not yet known to be good. */
export type RequestDraft = {
  [Field in keyof EnvironmentRequest]?: EnvironmentRequest[Field] extends string
    ? string
    : EnvironmentRequest[Field];
};

/** Says what is wrong with a request and how to mend it. Looks only at fields that are there. */
export class RequestChecker {
  readonly #options: RequestCheckerOptions;

  static create(options: RequestCheckerOptions): RequestChecker {
    return new RequestChecker(options);
  }

  private constructor(options: RequestCheckerOptions) {
    this.#options = options;
  }

  /**
   * One issue a field at most, in the order of the form; several for parameters.
   *
   * @param before - what the environment has now, where one is changed.
   */
  async check(
    draft: RequestDraft,
    credentials: BackstageCredentials,
    before?: EnvironmentBefore,
  ): Promise<RequestIssue[]> {
    const [holders, isVisible] = await Promise.all([
      this.#options.environments.holders(),
      this.#options.authorizer.visibility(credentials),
    ]);
    const registration = this.#registration(draft);
    const [inCatalog, ofEngine, ofPartner] = await Promise.all([
      checkCatalogRefs(draft, { ...this.#options, credentials }),
      this.#checkEngine(draft, registration),
      checkPartner(draft, { ...this.#options, credentials, before }),
    ]);
    return [
      ...this.#checkBlueprint(draft, registration),
      // What changes an environment names neither, and takes no more room than there was.
      ...(draft.name !== undefined || draft.cidr !== undefined
        ? this.checkHeld(draft, holders, isVisible)
        : []),
      ...inCatalog,
      ...ofEngine,
      ...checkTarget(draft, this.#options.aws),
      ...this.#checkEnd(draft),
      ...this.#checkParameters(draft, registration),
      ...ofPartner.issues,
    ];
  }

  /** Id of the environment that is named as partner, where the person may join the two or somebody did who might. */
  async partnerOf(
    draft: RequestDraft,
    credentials: BackstageCredentials,
    before?: EnvironmentBefore,
  ): Promise<string | undefined> {
    const { partnerId } = await checkPartner(draft, {
      ...this.#options,
      credentials,
      before,
    });
    return partnerId;
  }

  /** The part that depends on what other environments hold; asked again under the lock. */
  checkHeld(
    draft: RequestDraft,
    holders: Holder[],
    isVisible: (holder: Holder) => boolean,
  ): RequestIssue[] {
    const issues: Array<RequestIssue | undefined> = [];
    if (draft.name !== undefined) {
      issues.push(checkNameHeld(draft.name, holders, isVisible));
    }
    if (draft.cidr !== undefined) {
      const prefixLengths = this.#registration(draft)?.blueprint
        .cidrPrefixLength ?? { minimum: 16, maximum: 28, default: 16 };
      issues.push(
        this.#options.addressPlan.check(draft.cidr, {
          holders,
          isVisible,
          prefixLengths,
        }),
      );
    }
    return [
      ...issues.filter(issue => issue !== undefined),
      ...checkQuotas(draft, holders, this.#options.aws.targets()),
    ];
  }

  #registration({ blueprint }: RequestDraft) {
    return (
      blueprint &&
      this.#options.blueprints.find(blueprint.id, blueprint.version)
    );
  }

  #checkBlueprint(
    { blueprint }: RequestDraft,
    registration: BlueprintRegistration | undefined,
  ): RequestIssue[] {
    if (!blueprint || registration) {
      return [];
    }
    const versions = this.#options.blueprints.versionsOf(blueprint.id);
    if (versions.length > 0) {
      return [
        {
          path: 'blueprint.version',
          message: `Blueprint ${blueprint.id} has no version ${
            blueprint.version
          }. Choose one of ${versions.join(', ')}.`,
          suggestion: versions[versions.length - 1],
        },
      ];
    }
    const ids = new Set(this.#options.blueprints.list().map(({ id }) => id));
    return [
      {
        path: 'blueprint.id',
        message: `There is no blueprint ${blueprint.id}. ${
          ids.size > 0
            ? `Choose one of ${[...ids].join(', ')}.`
            : 'No module brings any to this portal.'
        }`,
      },
    ];
  }

  async #checkEngine(
    { engine }: RequestDraft,
    registration: BlueprintRegistration | undefined,
  ): Promise<RequestIssue[]> {
    if (engine === undefined) {
      return [];
    }
    const blueprint = registration?.blueprint;
    if (blueprint && !blueprint.engines.some(id => id === engine)) {
      return [
        {
          path: 'engine',
          message: `${
            blueprint.title
          } cannot be made by "${engine}". Choose one of ${blueprint.engines.join(
            ', ',
          )}.`,
          suggestion: blueprint.engines[0],
        },
      ];
    }
    const availability = await this.#options.engines
      .find(engine)
      ?.availability();
    if (availability?.available) {
      return [];
    }
    return [
      {
        path: 'engine',
        message: `Engine ${engine} cannot be used now: ${
          availability?.reason ?? 'no module brings it'
        }.`,
      },
    ];
  }

  #checkEnd({ expiresAt, accountId, size }: RequestDraft): RequestIssue[] {
    if (expiresAt === undefined || size === undefined) {
      return [];
    }
    const now = new Date();
    const rule = lifetimeRuleOf(this.#options.lifetimeRules, {
      accountId,
      size,
    });
    const message = checkExpiry(expiresAt, rule, now);
    const suggestion = defaultExpiry(rule, now);
    return message
      ? [{ path: 'expiresAt', message, ...(suggestion && { suggestion }) }]
      : [];
  }

  #checkParameters(
    { size, parameters }: RequestDraft,
    registration: BlueprintRegistration | undefined,
  ): RequestIssue[] {
    if (!registration || (size === undefined && parameters === undefined)) {
      return [];
    }
    const { blueprint } = registration;
    return checkParameters(
      blueprint,
      size ?? blueprint.defaultSize,
      parameters ?? {},
    );
  }
}

export interface RequestCheckerOptions {
  environments: EnvironmentStore;
  blueprints: BlueprintRegistry;
  engines: EngineRegistry;
  addressPlan: AddressPlan;
  authorizer: EnvironmentAuthorizer;
  catalog: CatalogService;
  aws: AwsAccess;
  lifetimeRules: LifetimeRules;
}

function checkNameHeld(
  name: string,
  holders: Holder[],
  isVisible: (holder: Holder) => boolean,
): RequestIssue | undefined {
  const malformed = checkName(name);
  if (malformed) {
    return { path: 'name', ...malformed };
  }
  const holder = holders.find(other => other.name === name);
  if (!holder) {
    return undefined;
  }
  const names = new Set(holders.map(other => other.name));
  const free = Array.from(
    { length: holders.length + 1 },
    (_, index) => `${name}-${index + 2}`,
  ).find(candidate => !names.has(candidate) && !checkName(candidate));
  return {
    path: 'name',
    message: `"${name}" is taken by an environment of ${
      isVisible(holder) ? holder.owner : 'another group'
    }. Choose another name; it is free again once that one is destroyed.`,
    suggestion: free,
  };
}
