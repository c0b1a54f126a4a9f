import {
  createConditionExports,
  createPermissionResourceRef,
  createPermissionRule,
} from '@backstage/plugin-permission-node';
import {
  RESOURCE_TYPE_ENVIRONMENT,
  type Environment,
} from '@slipway/plugin-infra-scaffolder-common';
import { z } from 'zod';

/** What a rule becomes in SQL: the column holds one of the values. @public */
export type EnvironmentPermissionQuery = {
  column: 'owner';
  values: string[];
};

/** What rules look at. @public */
export type EnvironmentPermissionResource = Pick<Environment, 'owner'>;

/** @public */
export const environmentPermissionResourceRef = createPermissionResourceRef<
  EnvironmentPermissionResource,
  EnvironmentPermissionQuery
>().with({
  pluginId: 'infra-scaffolder',
  resourceType: RESOURCE_TYPE_ENVIRONMENT,
});

const isOwner = createPermissionRule({
  name: 'IS_OWNER',
  description: 'Allow where one of the claims owns the environment',
  resourceRef: environmentPermissionResourceRef,
  paramsSchema: z.object({
    claims: z
      .array(z.string())
      .describe('Entity references of the person and their groups'),
  }),
  apply: (environment, { claims }) => claims.includes(environment.owner),
  toQuery: ({ claims }) => ({ column: 'owner', values: claims }),
});

/** @public */
export const environmentPermissionRules = { isOwner };

/**
 * For permission policies: `environmentConditions.isOwner({ claims })` in
 * `createEnvironmentConditionalDecision(request.permission, …)`.
 * @public
 */
export const {
  conditions: environmentConditions,
  createConditionalDecision: createEnvironmentConditionalDecision,
} = createConditionExports({
  resourceRef: environmentPermissionResourceRef,
  rules: environmentPermissionRules,
});
