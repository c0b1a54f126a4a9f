import type {
  NamespaceDefinition,
  TypeOfAttribute,
} from '@cedar-policy/cedar-wasm/nodejs';

/** What every schema file may refer to. */
export const BASE_SCHEMA = `namespace Slipway {
  @doc("What a resource is, whatever its type: tagged (its type takes tags), data (it keeps data)")
  entity Kind;
  @doc("The group that owns the environment")
  entity Team {
    @doc("What its environments may come to a month; absent where there is no ceiling")
    monthlyCeilingUsd?: decimal
  };
  @doc("The plan as a whole")
  entity Plan {
    @doc("The environment a month; absent where nobody estimates")
    monthlyUsd?: decimal,
    @doc("All environments of the team a month, this one as planned; without those in unestimated")
    teamMonthlyUsd?: decimal,
    @doc("Other environments of the team of which nobody knows what they come to")
    unestimated: Set<String>
  };
}
`;

export const TEAM = 'Slipway::Team';
export const PLAN = 'Slipway::Plan';
export const KIND = 'Slipway::Kind';
export const ACTION = 'Slipway::Action';

type Attributes = Record<string, TypeOfAttribute<string>>;

/** On every resource, beside its own properties. */
export const RESOURCE_ATTRIBUTES: Attributes = {
  /** Where it stands in the blueprint. */
  path: { type: 'String' },
  /** Properties that are set to what is known only once something is made. */
  unknown: { type: 'Set', element: { type: 'String' } },
};

const CONTEXT: Attributes = {
  /** `development`, `staging` or `production`. */
  stage: { type: 'String' },
  size: { type: 'String' },
  environment: { type: 'String' },
  accountId: { type: 'String' },
  region: { type: 'String' },
  blueprint: { type: 'String' },
  engine: { type: 'String' },
};

/** Plans to create and to update are about resources; a plan to destroy is never judged by what exists. */
export function actionsOn(
  resourceTypes: string[],
): NamespaceDefinition<string>['actions'] {
  const on = (types: string[]) => ({
    principalTypes: [TEAM],
    resourceTypes: types,
    context: { type: 'Record' as const, attributes: CONTEXT },
  });
  const apply = { memberOf: [{ id: 'apply' }] };
  return {
    apply: {},
    create: { ...apply, appliesTo: on([PLAN, ...resourceTypes]) },
    update: { ...apply, appliesTo: on([PLAN, ...resourceTypes]) },
    destroy: { appliesTo: on([PLAN]) },
  };
}
