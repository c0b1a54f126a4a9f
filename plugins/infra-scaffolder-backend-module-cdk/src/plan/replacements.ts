import type {
  Change,
  ResourceChange,
  ResourceChangeDetail,
} from '@aws-sdk/client-cloudformation';

/** Whether an update replaces a resource, and which of its properties are the reason. */
export interface Replacement {
  replaces: Certainty;
  because: Array<{ property: string; replaces: 'yes' | 'maybe' }>;
}

type Certainty = 'no' | 'maybe' | 'yes';

const RANK: Record<Certainty, number> = { no: 0, maybe: 1, yes: 2 };
/** Attributes that stay as they are for as long as the resource is the same one. */
const IDENTITY = /^(.*\.)?(Arn|\w*Id|\w*Name|OpenIdConnectIssuerUrl)$/;

/**
 * What a change set says of replacements, thought through to its end. Where a property refers to another resource that
 * changes, AWS calls the replacement conditional, because it does not say beforehand whether the referred value changes
 * (`Evaluation: Dynamic`). An ARN or id changes only with the resource itself: where that one is not replaced, neither
 * is what refers to it. Everything else that AWS leaves open stays `maybe`.
 */
export function replacementsOf(changes: Change[]): Map<string, Replacement> {
  const modified = changes.flatMap(({ ResourceChange: change }) =>
    change?.Action === 'Modify' && change.LogicalResourceId
      ? [[change.LogicalResourceId, change] as const]
      : [],
  );
  const found = new Map<string, Replacement>(
    modified.map(([id]) => [id, { replaces: 'no', because: [] }]),
  );
  // A resource only ever becomes more sure to be replaced, so this ends.
  for (let isStable = false; !isStable; ) {
    isStable = true;
    for (const [id, change] of modified) {
      const now = replacementOf(change, found);
      if (RANK[now.replaces] !== RANK[found.get(id)!.replaces]) {
        isStable = false;
      }
      found.set(id, now);
    }
  }
  return found;
}

function replacementOf(
  change: ResourceChange,
  found: ReadonlyMap<string, Replacement>,
): Replacement {
  if (change.Replacement !== 'True' && change.Replacement !== 'Conditional') {
    return { replaces: 'no', because: [] };
  }
  const details = (change.Details ?? []).filter(
    ({ Target: target }) =>
      target?.Name &&
      ['Always', 'Conditionally'].includes(target.RequiresRecreation ?? ''),
  );
  const because = new Map<string, 'yes' | 'maybe'>();
  for (const detail of details) {
    const replaces = certaintyOf(detail, found);
    const property = detail.Target!.Name!;
    if (replaces !== 'no' && because.get(property) !== 'yes') {
      because.set(property, replaces);
    }
  }
  return {
    replaces: surest(change.Replacement, [...because.values()], details.length),
    because: [...because].map(([property, replaces]) => ({
      property,
      replaces,
    })),
  };
}

function surest(
  said: 'True' | 'Conditional',
  certainties: Array<'yes' | 'maybe'>,
  details: number,
): Certainty {
  if (said === 'True' || certainties.includes('yes')) {
    return 'yes';
  }
  return certainties.length > 0 || details === 0 ? 'maybe' : 'no';
}

function certaintyOf(
  detail: ResourceChangeDetail,
  found: ReadonlyMap<string, Replacement>,
): Certainty {
  const { Evaluation, ChangeSource, CausingEntity = '', Target } = detail;
  const most = Target?.RequiresRecreation === 'Always' ? 'yes' : 'maybe';
  if (Evaluation !== 'Dynamic') {
    return most;
  }
  const [cause, ...attribute] = CausingEntity.split('.');
  const isIdentity =
    ChangeSource === 'ResourceReference' ||
    (ChangeSource === 'ResourceAttribute' &&
      IDENTITY.test(attribute.join('.')));
  if (!isIdentity) {
    return 'maybe';
  }
  const ofCause = found.get(cause)?.replaces ?? 'no';
  return RANK[ofCause] < RANK[most] ? ofCause : most;
}
