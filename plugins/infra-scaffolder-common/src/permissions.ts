import { createPermission } from '@backstage/plugin-permission-common';

/** @public */
export const RESOURCE_TYPE_ENVIRONMENT = 'infra-environment';

/**
 * On the catalog entity of an environment: the environment's id. By it, policies tell these entities from others.
 * @public
 */
export const ANNOTATION_ENVIRONMENT_ID = 'slipway.dev/environment-id';

/** @public */
export const infraEnvironmentCreatePermission = createPermission({
  name: 'infra.environment.create',
  attributes: { action: 'create' },
});

/** See an environment, its plans, runs and resources. @public */
export const infraEnvironmentReadPermission = createPermission({
  name: 'infra.environment.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_ENVIRONMENT,
});

/** Plan, confirm, pause, cancel, retry: everything but destroying. @public */
export const infraEnvironmentUpdatePermission = createPermission({
  name: 'infra.environment.update',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_ENVIRONMENT,
});

/** @public */
export const infraEnvironmentDestroyPermission = createPermission({
  name: 'infra.environment.destroy',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_ENVIRONMENT,
});

/** Destroy what others still depend on, for a reason. @public */
export const infraDependentsOverridePermission = createPermission({
  name: 'infra.dependents.override',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_ENVIRONMENT,
});

/** Give an environment a schedule or take it away, wake it and put it to sleep. @public */
export const infraEnvironmentSchedulePermission = createPermission({
  name: 'infra.environment.schedule',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_ENVIRONMENT,
});

/** Keep applies away, or let them again. @public */
export const infraEnvironmentFreezePermission = createPermission({
  name: 'infra.environment.freeze',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_ENVIRONMENT,
});

/** Decide on a plan of somebody else's that the policy of approvals holds back. @public */
export const infraPlanApprovePermission = createPermission({
  name: 'infra.plan.approve',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_ENVIRONMENT,
});

/** Have a plan applied in spite of a change freeze, for a reason. @public */
export const infraFreezeOverridePermission = createPermission({
  name: 'infra.freeze.override',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_ENVIRONMENT,
});

/** Make, change and remove the periods of the calendar of change freezes. @public */
export const infraFreezeManagePermission = createPermission({
  name: 'infra.freeze.manage',
  attributes: { action: 'update' },
});

/** Let what a policy denies stand, for a reason, until a day. @public */
export const infraPolicyExemptPermission = createPermission({
  name: 'infra.policy.exempt',
  attributes: { action: 'update' },
});

/** Have it looked whether an account is ready for environments; changes nothing in it. @public */
export const infraAccountCheckPermission = createPermission({
  name: 'infra.account.check',
  attributes: { action: 'update' },
});

/** @public */
export const infraPermissions = [
  infraEnvironmentCreatePermission,
  infraEnvironmentReadPermission,
  infraEnvironmentUpdatePermission,
  infraEnvironmentDestroyPermission,
  infraDependentsOverridePermission,
  infraEnvironmentFreezePermission,
  infraEnvironmentSchedulePermission,
  infraPlanApprovePermission,
  infraFreezeOverridePermission,
  infraFreezeManagePermission,
  infraPolicyExemptPermission,
  infraAccountCheckPermission,
];
