import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import type { ResourceDifference } from '@aws-cdk/cloudformation-diff';
import type {
  AttributeChange,
  ChangeAction,
  ResourceChange,
} from '@slipway/plugin-infra-scaffolder-common';
import type { ChangeSetDescription } from '../aws/types';
import { attributeChanges } from '../plan/attributes';
import { replacementsOf, type Replacement } from '../plan/replacements';
import { parseTemplate, resourcePaths } from '../plan/template';

const ACTIONS: Record<ResourceImpact, ChangeAction> = {
  [ResourceImpact.WILL_CREATE]: 'create',
  [ResourceImpact.WILL_UPDATE]: 'update',
  [ResourceImpact.WILL_REPLACE]: 'replace',
  [ResourceImpact.MAY_REPLACE]: 'replace',
  [ResourceImpact.WILL_DESTROY]: 'delete',
  [ResourceImpact.WILL_ORPHAN]: 'unchanged',
  [ResourceImpact.WILL_IMPORT]: 'update',
  [ResourceImpact.NO_CHANGE]: 'unchanged',
};

const REPLACES: Partial<
  Record<ResourceImpact, NonNullable<AttributeChange['replaces']>>
> = {
  [ResourceImpact.WILL_REPLACE]: 'yes',
  [ResourceImpact.MAY_REPLACE]: 'maybe',
  [ResourceImpact.WILL_UPDATE]: 'no',
};

const ACTION_BY_CERTAINTY: Record<Replacement['replaces'], ChangeAction> = {
  no: 'update',
  maybe: 'replace',
  yes: 'replace',
};

/** What becomes of the old one when a resource is replaced, by its `UpdateReplacePolicy`. */
const OLD_ONE: Record<string, ResourceChange['oldOne']> = {
  Snapshot: 'snapshot',
  Retain: 'kept',
  RetainExceptOnCreate: 'kept',
};

/**
 * The changes between two templates by the toolkit's own rules, sharpened by a change set where there is one.
 * Resources that stay as they are left out; order is by path.
 */
export function diffTemplates(
  before: string,
  after: string,
  changeSet?: ChangeSetDescription,
): ResourceChange[] {
  const current = parseTemplate(before);
  const next = parseTemplate(after);
  const paths = { ...resourcePaths(current), ...resourcePaths(next) };
  const diff = fullDiff(current, next, changeSet?.raw);
  const replacements = replacementsOf(changeSet?.raw.Changes ?? []);
  const changes: ResourceChange[] = [];
  diff.resources.forEachDifference((logicalId, difference) => {
    const replacement = replacements.get(logicalId);
    const attributes = withReasons(attributesOf(difference), replacement);
    const action = replacement
      ? ACTION_BY_CERTAINTY[replacement.replaces]
      : ACTIONS[difference.changeImpact];
    changes.push({
      logicalId,
      type: difference.newResourceType ?? difference.oldResourceType ?? '',
      path: paths[logicalId] ?? logicalId,
      action,
      ...(changeSet?.physicalIds[logicalId] && {
        physicalId: changeSet.physicalIds[logicalId],
      }),
      attributes,
      ...(action === 'replace' && {
        oldOne:
          OLD_ONE[next.Resources?.[logicalId]?.UpdateReplacePolicy ?? ''] ??
          'deleted',
      }),
    });
  });
  return changes
    .filter(change => change.action !== 'unchanged')
    .sort((a, b) => a.path.localeCompare(b.path, 'en'));
}

/** The change set knows better than the templates which properties replace; it may name some that look the same in both. */
function withReasons(
  attributes: AttributeChange[],
  replacement: Replacement | undefined,
): AttributeChange[] {
  if (!replacement) {
    return attributes;
  }
  const isOf = (path: string, property: string) =>
    path === property || path.startsWith(`${property}.`);
  const { because } = replacement;
  return [
    ...attributes.map(attribute => ({
      ...attribute,
      replaces:
        because.find(({ property }) => isOf(attribute.path, property))
          ?.replaces ?? ('no' as const),
    })),
    ...because
      .filter(
        ({ property }) => !attributes.some(({ path }) => isOf(path, property)),
      )
      .map(({ property, replaces }) => ({ path: property, replaces })),
  ];
}

function attributesOf(difference: ResourceDifference): AttributeChange[] {
  if (difference.isAddition) {
    return attributeChanges(undefined, difference.newProperties ?? {});
  }
  if (difference.isRemoval) {
    return [];
  }
  return Object.entries(difference.propertyUpdates).flatMap(([name, update]) =>
    attributeChanges(update.oldValue, update.newValue, name).map(change => ({
      ...change,
      replaces: (update.changeImpact && REPLACES[update.changeImpact]) ?? 'no',
    })),
  );
}
