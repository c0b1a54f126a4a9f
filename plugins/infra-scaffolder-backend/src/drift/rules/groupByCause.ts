import type {
  DriftCall,
  DriftFinding,
  DriftGroup,
  DriftGroupMember,
  Environment,
} from '@slipway/plugin-infra-scaffolder-common';

type Owner = Pick<Environment, 'id' | 'name' | 'owner'>;

function membersOf(environment: Owner, finding: DriftFinding) {
  const { logicalId, type, path, kind, since } = finding;
  const common = {
    environment: {
      id: environment.id,
      name: environment.name,
      owner: environment.owner,
    },
    logicalId,
    type,
    path,
    kind,
    since,
  };
  if (kind === 'deleted') {
    const cause = finding.cause ?? { known: false as const, reason: '' };
    return [{ ...common, cause }];
  }
  return finding.attributes.map(
    ({ cause, ...attribute }): DriftGroupMember => ({
      ...common,
      attribute,
      cause,
    }),
  );
}

/** `Tags.3.Value` and `Tags.5` are the same attribute of two resources. */
function attributeOf({ attribute }: DriftGroupMember): string {
  return (attribute?.path ?? '').replace(/\.\d+(?=\.|$).*$/, '');
}

function groupOf(
  member: DriftGroupMember,
): Pick<DriftGroup, 'id' | 'kind' | 'call' | 'type' | 'attribute'> {
  const { cause, type } = member;
  if (cause.known) {
    const { actor, call, service }: DriftCall = cause;
    return {
      id: `call ${actor} ${service} ${call}`,
      kind: 'call',
      call: { actor, call, service },
    };
  }
  const attribute = attributeOf(member);
  return {
    id: `attribute ${type} ${attribute}`,
    kind: 'attribute',
    type,
    ...(attribute && { attribute }),
  };
}

function timeOf({ cause, since }: DriftGroupMember): string {
  return cause.known ? cause.at : since;
}

/**
 * Drift by how it came about: what the same actor did by the same call, else what happened to the same attribute of the
 * same type. The largest group first; of equals the latest.
 */
export function groupByCause(
  drifted: Array<{ environment: Owner; findings: DriftFinding[] }>,
): DriftGroup[] {
  const groups = new Map<string, DriftGroup>();
  for (const { environment, findings } of drifted) {
    for (const member of findings.flatMap(each =>
      membersOf(environment, each),
    )) {
      const key = groupOf(member);
      const at = timeOf(member);
      const group = groups.get(key.id) ?? {
        ...key,
        firstAt: at,
        lastAt: at,
        members: [],
      };
      group.members.push(member);
      group.firstAt = at < group.firstAt ? at : group.firstAt;
      group.lastAt = at > group.lastAt ? at : group.lastAt;
      groups.set(key.id, group);
    }
  }
  return [...groups.values()].sort(
    (a, b) =>
      b.members.length - a.members.length ||
      (a.lastAt < b.lastAt ? 1 : -1) * Number(a.lastAt !== b.lastAt) ||
      (a.id < b.id ? -1 : 1),
  );
}
