import type {
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
  type PermissionCriteria,
  type PolicyDecision,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  createConditionAuthorizer,
  createConditionTransformer,
  type ConditionTransformer,
} from '@backstage/plugin-permission-node';
import {
  infraAccountCheckPermission,
  infraEnvironmentCreatePermission,
  infraEnvironmentDestroyPermission,
  infraEnvironmentFreezePermission,
  infraEnvironmentReadPermission,
  infraEnvironmentSchedulePermission,
  infraEnvironmentUpdatePermission,
  infraFreezeManagePermission,
  infraFreezeOverridePermission,
  infraPlanApprovePermission,
  infraPolicyExemptPermission,
  type Environment,
  type EnvironmentAllowed,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  environmentPermissionResourceRef,
  type EnvironmentPermissionQuery,
  type EnvironmentPermissionResource,
} from '@slipway/plugin-infra-scaffolder-node';

type EnvironmentPermission = ResourcePermission<'infra-environment'>;

/** What a person may see: all, nothing, or what the criteria let through. */
export type ReadFilter =
  | { kind: 'all' }
  | { kind: 'none' }
  | { kind: 'some'; criteria: PermissionCriteria<EnvironmentPermissionQuery> };

/**
 * Asks the permission policy, and applies its conditions here: in memory to one environment, as SQL to a list. So a
 * decision costs one call, whatever it is about.
 */
export class EnvironmentAuthorizer {
  readonly #permissions: PermissionsService;
  readonly #applies: (
    decision: PolicyDecision,
    resource: EnvironmentPermissionResource | undefined,
  ) => boolean;
  readonly #toQuery: ConditionTransformer<EnvironmentPermissionQuery>;

  /** The resource type must have been registered before. */
  static create(options: {
    permissions: PermissionsService;
    permissionsRegistry: PermissionsRegistryService;
  }): EnvironmentAuthorizer {
    return new EnvironmentAuthorizer(options);
  }

  private constructor(options: {
    permissions: PermissionsService;
    permissionsRegistry: PermissionsRegistryService;
  }) {
    const ruleset = options.permissionsRegistry.getPermissionRuleset(
      environmentPermissionResourceRef,
    );
    this.#permissions = options.permissions;
    this.#applies = createConditionAuthorizer(ruleset);
    this.#toQuery = createConditionTransformer(ruleset);
  }

  async readFilter(credentials: BackstageCredentials): Promise<ReadFilter> {
    const decision = await this.#decide(
      infraEnvironmentReadPermission,
      credentials,
    );
    if (decision.result === AuthorizeResult.CONDITIONAL) {
      return { kind: 'some', criteria: this.#toQuery(decision.conditions) };
    }
    return {
      kind: decision.result === AuthorizeResult.ALLOW ? 'all' : 'none',
    };
  }

  async mayCreate(credentials: BackstageCredentials): Promise<boolean> {
    return this.#may(infraEnvironmentCreatePermission, credentials);
  }

  async mayManageFreezes(credentials: BackstageCredentials): Promise<boolean> {
    return this.#may(infraFreezeManagePermission, credentials);
  }

  async mayExempt(credentials: BackstageCredentials): Promise<boolean> {
    return this.#may(infraPolicyExemptPermission, credentials);
  }

  async mayCheckAccounts(credentials: BackstageCredentials): Promise<boolean> {
    return this.#may(infraAccountCheckPermission, credentials);
  }

  async mayOverrideFreeze(
    environment: EnvironmentPermissionResource,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    return this.allows(infraFreezeOverridePermission, environment, credentials);
  }

  async mayApprove(
    environment: EnvironmentPermissionResource,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    return this.allows(infraPlanApprovePermission, environment, credentials);
  }

  /** Whether the person could look after an environment with this owner; who could not may not ask for one. */
  async mayOwn(
    owner: string,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    return this.allows(
      infraEnvironmentUpdatePermission,
      { owner },
      credentials,
    );
  }

  async allows(
    permission: EnvironmentPermission,
    environment: EnvironmentPermissionResource,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    return this.#applies(
      await this.#decide(permission, credentials),
      environment,
    );
  }

  async allowed(
    environment: EnvironmentPermissionResource,
    credentials: BackstageCredentials,
  ): Promise<EnvironmentAllowed> {
    const decisions = await this.#permissions.authorizeConditional(
      [
        { permission: infraEnvironmentUpdatePermission },
        { permission: infraEnvironmentDestroyPermission },
        { permission: infraEnvironmentFreezePermission },
        { permission: infraEnvironmentSchedulePermission },
      ],
      { credentials },
    );
    const [update, destroy, freeze, schedule] = decisions.map(decision =>
      this.#applies(decision, environment),
    );
    return { update, destroy, freeze, schedule };
  }

  /** Tells for each environment whether the person may know of it, with one question to the policy. */
  async visibility(
    credentials: BackstageCredentials,
  ): Promise<(environment: EnvironmentPermissionResource) => boolean> {
    return this.#filter(infraEnvironmentReadPermission, credentials);
  }

  /** Tells for each environment whether the person may approve plans for it, with one question to the policy. */
  async approver(
    credentials: BackstageCredentials,
  ): Promise<(environment: EnvironmentPermissionResource) => boolean> {
    return this.#filter(infraPlanApprovePermission, credentials);
  }

  /** @throws NotFoundError as if there were none, where the person may not know of it. */
  async assertReadable(
    environment: Environment | undefined,
    name: string,
    credentials: BackstageCredentials,
  ): Promise<Environment> {
    if (
      !environment ||
      !(await this.allows(
        infraEnvironmentReadPermission,
        environment,
        credentials,
      ))
    ) {
      throw new NotFoundError(
        `There is no ${name}. It may never have been, or belongs to a group you are not in.`,
      );
    }
    return environment;
  }

  /** @throws NotAllowedError saying what is not allowed, to whom it would be. */
  async assertAllowed(
    permission: EnvironmentPermission,
    environment: Environment,
    deed: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    if (!(await this.allows(permission, environment, credentials))) {
      throw new NotAllowedError(
        `You may not ${deed} ${environment.name}. Ask its owner, ${environment.owner}, or an SRE.`,
      );
    }
  }

  async #filter(
    permission: EnvironmentPermission,
    credentials: BackstageCredentials,
  ): Promise<(environment: EnvironmentPermissionResource) => boolean> {
    const decision = await this.#decide(permission, credentials);
    return environment => this.#applies(decision, environment);
  }

  async #may(
    permission: BasicPermission,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    const [decision] = await this.#permissions.authorize([{ permission }], {
      credentials,
    });
    return decision.result === AuthorizeResult.ALLOW;
  }

  async #decide(
    permission: EnvironmentPermission,
    credentials: BackstageCredentials,
  ): Promise<PolicyDecision> {
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission }],
      { credentials },
    );
    return decision;
  }
}
