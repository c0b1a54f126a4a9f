import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import type { ResourceDifference } from '@aws-cdk/cloudformation-diff';
import type {
  AttributeChange,
  ChangeAction,
  ResourceChange,
} from '@slipway/plugin-infra-scaffolder-common';
import type { ChangeSetDescription } from '../aws/types';
import { attributeChanges } from '../plan/attributes';
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
  const changes: ResourceChange[] = [];
  diff.resources.forEachDifference((logicalId, difference) => {
    const attributes = attributesOf(difference);
    const action = ACTIONS[difference.changeImpact];
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
