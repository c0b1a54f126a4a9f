import type {
  ResourceChange as AwsChange,
  ResourceChangeDetail,
} from '@aws-sdk/client-cloudformation';
import type { JsonValue } from '@backstage/types';
import type {
  AttributeChange,
  ResourceChange,
} from '@slipway/plugin-infra-scaffolder-common';
import type { DescribedResource } from '@slipway/plugin-infra-scaffolder-node';
import type { ChangeSetDescription } from '../aws/types';
import { at, parts, withValue } from '../drift/pointers';
import { shown } from '../drift/secrets';
import { attributeChanges } from './attributes';
import { replacementsOf } from './replacements';
import { resourcePaths, type Template } from './template';

/** What a drift-aware change set does, and how things are before it. */
export interface Reverted {
  changes: ResourceChange[];
  /** The resources of the last apply with what drifted as it is now; without those that are gone. */
  before: DescribedResource[];
  warnings: string[];
}

/**
 * What a change set in the mode `REVERT_DRIFT` does. It compares what is there, not what was applied, with the template:
 * so its own details are the plan, and the templates have nothing to say. A resource that is as the template says already
 * (`SyncWithActual`) is not touched.
 * {@link https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/drift-aware-change-sets.html}
 */
export function revertedChanges(
  changeSet: ChangeSetDescription,
  template: Template,
  applied: DescribedResource[],
): Reverted {
  const planned = (changeSet.raw.Changes ?? []).flatMap(
    ({ ResourceChange: change }) => change ?? [],
  );
  const paths = {
    ...Object.fromEntries(applied.map(each => [each.logicalId, each.path])),
    ...resourcePaths(template),
  };
  const replacements = replacementsOf(changeSet.raw.Changes ?? []);
  const changes = planned.flatMap((change): ResourceChange[] => {
    const logicalId = change.LogicalResourceId ?? '';
    const replaces = replacements.get(logicalId)?.replaces ?? 'no';
    const action = actionOf(change, replaces !== 'no');
    if (!action) {
      return [];
    }
    return [
      {
        logicalId,
        type: change.ResourceType ?? '',
        path: paths[logicalId] ?? logicalId,
        action,
        ...(change.PhysicalResourceId && {
          physicalId: change.PhysicalResourceId,
        }),
        attributes: attributesOf(change, template),
        ...(action === 'replace' && { oldOne: 'deleted' as const }),
      },
    ];
  });
  return {
    changes: changes.sort((a, b) => a.path.localeCompare(b.path, 'en')),
    before: asTheyAre(applied, planned, template),
    warnings: planned
      .filter(isMadeAgain)
      .map(({ LogicalResourceId: id = '' }) => paths[id] ?? id)
      .sort()
      .map(
        path =>
          `${path} was deleted outside the portal. It is made anew, without what was in it.`,
      ),
  };
}

function isMadeAgain(change: AwsChange): boolean {
  return (
    change.ResourceDriftStatus === 'DELETED' &&
    change.Action !== 'Remove' &&
    change.Action !== 'SyncWithActual'
  );
}

function actionOf(
  change: AwsChange,
  isReplaced: boolean,
): ResourceChange['action'] | undefined {
  switch (change.Action) {
    case 'Remove':
      return 'delete';
    case 'SyncWithActual':
      return undefined;
    case 'Add':
      return 'create';
    default:
      if (isMadeAgain(change)) {
        return 'create';
      }
      return isReplaced ? 'replace' : 'update';
  }
}

function attributesOf(
  change: AwsChange,
  template: Template,
): AttributeChange[] {
  const properties =
    template.Resources?.[change.LogicalResourceId ?? '']?.Properties ?? {};
  if (change.Action === 'Remove') {
    return [];
  }
  if (change.Action === 'Add' || isMadeAgain(change)) {
    return attributeChanges(undefined, properties).map(each => ({
      ...each,
      after: shown(each.path, each.after),
    }));
  }
  return (change.Details ?? [])
    .filter(isOfProperty)
    .map(detail => attributeOf(detail, properties));
}

function isOfProperty({ Target: target }: ResourceChangeDetail): boolean {
  return (
    target?.Attribute === 'Properties' &&
    target.AttributeChangeType !== 'SyncWithActual'
  );
}

/** Within the properties: change sets lead their paths from the resource. */
function pathOf({ Target: target }: ResourceChangeDetail): string[] {
  const path = parts(target?.Path ?? '');
  return path[0] === 'Properties' ? path.slice(1) : [target?.Name ?? ''];
}

function attributeOf(
  detail: ResourceChangeDetail,
  properties: JsonValue,
): AttributeChange {
  const { Target: target } = detail;
  const path = pathOf(detail);
  const stated = at(properties, path);
  const before = valueOf(target?.BeforeValue, stated);
  const after = valueOf(target?.AfterValue, stated);
  const name = path.join('.');
  return {
    path: name,
    ...(before !== undefined && { before: shown(name, before) }),
    ...(after !== undefined && { after: shown(name, after) }),
    replaces: target?.RequiresRecreation === 'Always' ? 'yes' : 'no',
  };
}

/** Change sets tell every value as text; its type is that of the template's. */
function valueOf(
  text: string | undefined,
  like: JsonValue | undefined,
): JsonValue | undefined {
  if (text === undefined || typeof like === 'string') {
    return text;
  }
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function asTheyAre(
  applied: DescribedResource[],
  planned: AwsChange[],
  template: Template,
): DescribedResource[] {
  const byId = new Map(planned.map(each => [each.LogicalResourceId, each]));
  return applied.flatMap(resource => {
    const change = byId.get(resource.logicalId);
    if (change?.ResourceDriftStatus === 'DELETED') {
      return [];
    }
    const details = (change?.Details ?? []).filter(
      ({ Target: target }) => target?.Attribute === 'Properties',
    );
    const stated = template.Resources?.[resource.logicalId]?.Properties ?? {};
    const properties = details.reduce((now, detail) => {
      const path = pathOf(detail);
      const before = valueOf(detail.Target?.BeforeValue, at(stated, path));
      return withValue(now, path, before);
    }, resource.properties);
    return [{ ...resource, properties }];
  });
}
