import type {
  DriftGroup,
  DriftGroupMember,
} from '@slipway/plugin-infra-scaffolder-common';
import { formatCount } from '@slipway/ui';

/** What happened, in a few words: `ModifyDBInstance by Operators/sam`, or which attribute of which type. */
export function titleOfGroup({ call, type, attribute }: DriftGroup): string {
  if (call) {
    return `${call.call} by ${call.actor}`;
  }
  return attribute ? `${attribute} of ${type}` : `${type} deleted`;
}

/** `3 properties of 2 environments`. */
export function extentOfGroup({ members }: DriftGroup): string {
  const environments = new Set(members.map(each => each.environment.id));
  const deleted = members.filter(each => each.kind === 'deleted').length;
  const changed = members.length - deleted;
  const parts = [
    ...(changed > 0 ? [formatCount(changed, 'property', 'properties')] : []),
    ...(deleted > 0 ? [formatCount(deleted, 'deleted resource')] : []),
  ];
  return `${parts.join(' and ')} in ${formatCount(
    environments.size,
    'environment',
  )}`;
}

/** Members by environment, in the order of names. */
export function byEnvironment({
  members,
}: DriftGroup): Array<[string, DriftGroupMember[]]> {
  const found = new Map<string, DriftGroupMember[]>();
  for (const member of members) {
    const { name } = member.environment;
    found.set(name, [...(found.get(name) ?? []), member]);
  }
  return [...found].sort(([a], [b]) => a.localeCompare(b, 'en'));
}
