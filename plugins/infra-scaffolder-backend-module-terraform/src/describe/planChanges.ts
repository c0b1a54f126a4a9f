import type { JsonObject, JsonValue } from '@backstage/types';
import type {
  AttributeChange,
  ChangeAction,
  ResourceChange,
} from '@slipway/plugin-infra-scaffolder-common';
import type { PlannedResources } from '@slipway/plugin-infra-scaffolder-node';
import { describeResource } from './describe';
import { type Described, folded } from './fold';
import { isObject, isUnset, MASK } from './properties';
import { References } from './References';
import type { PlanDocument, PlannedChange } from './planDocument';

const KNOWN_LATER = '(known after apply)';

/** What a plan shows, in CloudFormation's words and without secrets. */
export function normalisePlan(document: PlanDocument): {
  changes: ResourceChange[];
  resources: PlannedResources;
} {
  const planned = (document.resource_changes ?? []).filter(
    ({ mode, deposed }) => mode === 'managed' && !deposed,
  );
  const references = References.of(document);
  const sides = planned.map(change => ({
    change,
    before: describeSide(change, 'before'),
    after: describeSide(change, 'after'),
  }));
  return {
    changes: sides
      .flatMap(({ change, before, after }) => {
        const action = actionOf(change.change.actions);
        return action ? [changeOf(change, action, before, after)] : [];
      })
      .sort((a, b) => a.path.localeCompare(b.path, 'en')),
    resources: {
      before: folded(
        planned.flatMap(change => wholeSide(change, 'before', references)),
      ),
      after: folded(
        planned.flatMap(change => wholeSide(change, 'after', references)),
      ),
    },
  };
}

/** With references in place of what is not known yet. */
function wholeSide(
  { address, type, change }: PlannedChange,
  which: 'before' | 'after',
  references: References,
): Described[] {
  const given = change[which];
  if (!given) {
    return [];
  }
  const shown = masked(
    given,
    which === 'before' ? change.before_sensitive : change.after_sensitive,
  ) as JsonObject;
  const attributes = references.linked(
    address,
    which === 'after'
      ? references.filled(address, shown, change.after_unknown)
      : shown,
  );
  return [
    {
      ...describeResource({ address, type, attributes }),
      terraformType: type,
      attributes,
    },
  ];
}

/** How many resources a plan touches. */
export function countChanges({ resource_changes: changes = [] }: PlanDocument) {
  return changes.filter(
    ({ mode, change }) => mode === 'managed' && actionOf(change.actions),
  ).length;
}

/** Undefined where nothing changes. */
export function actionOf(actions: string[]): ChangeAction | undefined {
  const text = actions.join(',');
  switch (text) {
    case 'create':
      return 'create';
    case 'update':
      return 'update';
    case 'delete':
      return 'delete';
    case 'delete,create':
    case 'create,delete':
      return 'replace';
    default:
      return undefined;
  }
}

/** As it is or will be, without what is not known yet; undefined where there is nothing. */
export function describeSide(
  { address, type, change }: PlannedChange,
  which: 'before' | 'after',
) {
  const attributes = change[which];
  if (!attributes) {
    return undefined;
  }
  return describeResource({
    address,
    type,
    attributes: masked(
      attributes,
      which === 'before' ? change.before_sensitive : change.after_sensitive,
    ) as JsonObject,
  });
}

/** What will be, with a word in place of what only the apply will tell. */
export function unknownSide(
  { address, type, change }: PlannedChange,
  known: JsonObject | undefined,
): JsonObject | undefined {
  const { after_unknown: unknown, before } = change;
  if (!known || !isObject(unknown) || !before) {
    return known;
  }
  const later = Object.entries(unknown)
    .filter(([name, isLater]) => isLater === true && !isUnset(before[name]))
    .map(([name]): [string, JsonValue] => [name, KNOWN_LATER]);
  const { properties } = describeResource({
    address,
    type,
    attributes: Object.fromEntries(later),
  });
  return { ...properties, ...known };
}

/** Replaces what Terraform marks as sensitive. */
export function masked(
  value: JsonValue,
  sensitive: JsonValue | undefined,
): JsonValue {
  if (sensitive === true) {
    return value === null ? null : MASK;
  }
  if (Array.isArray(value) && Array.isArray(sensitive)) {
    return value.map((each, index) => masked(each, sensitive[index]));
  }
  if (isObject(value) && isObject(sensitive)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [
        key,
        masked(each ?? null, sensitive[key]),
      ]),
    );
  }
  return value;
}

function changeOf(
  planned: PlannedChange,
  action: ChangeAction,
  before: ReturnType<typeof describeSide>,
  after: ReturnType<typeof describeSide>,
): ResourceChange {
  const described = (after ?? before)!;
  const id = planned.change.before?.id;
  const forcing = new Set(
    (planned.change.replace_paths ?? []).map(([first]) => String(first)),
  );
  const forcingProperties = new Set(
    [...forcing].flatMap(name =>
      Object.keys(
        describeResource({
          address: planned.address,
          type: planned.type,
          attributes: { [name]: 'x' },
        }).properties,
      ),
    ),
  );
  const unknown =
    action === 'create' ? undefined : unknownSide(planned, after?.properties);
  return {
    logicalId: described.logicalId,
    type: described.type,
    path: described.path,
    action,
    ...(typeof id === 'string' && { physicalId: id }),
    attributes:
      action === 'delete'
        ? []
        : differences(
            before?.properties ?? {},
            unknown ?? after?.properties ?? {},
          ).map(each => ({
            ...each,
            ...(action !== 'create' && {
              replaces: forcingProperties.has(each.path.split('.')[0])
                ? ('yes' as const)
                : ('no' as const),
            }),
          })),
    ...(action === 'replace' && { oldOne: 'deleted' as const }),
  };
}

/** Leaf by leaf; lists are compared whole. */
export function differences(
  before: JsonObject,
  after: JsonObject,
  prefix = '',
): AttributeChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.sort().flatMap(name => {
    const [old, now] = [before[name], after[name]];
    const path = `${prefix}${name}`;
    if (isObject(old) && isObject(now)) {
      return differences(old, now, `${path}.`);
    }
    return JSON.stringify(old) === JSON.stringify(now)
      ? []
      : [
          {
            path,
            ...(old !== undefined && { before: old }),
            ...(now !== undefined && { after: now }),
          },
        ];
  });
}
