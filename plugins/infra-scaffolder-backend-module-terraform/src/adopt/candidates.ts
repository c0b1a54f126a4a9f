import type { JsonObject, JsonValue } from '@backstage/types';
import type { PlanDocument } from '../describe/planDocument';
import { isObject } from '../describe/properties';
import { type Identity, type Place, plannedId } from './identities';

/** A resource in AWS that carries an environment's tag. */
export interface TaggedResource extends Identity {
  arn: string;
  tags: Record<string, string>;
  /** What more is known of it, in Terraform's words. */
  attributes?: JsonObject;
}

/** A resource that a plan would create though it may be there already. */
export interface Candidate extends Identity {
  address: string;
  /** It carries the environment's tag; otherwise its name alone speaks for it. */
  isTagged: boolean;
}

/**
 * Which of the resources that a plan would create may be there already: those that AWS knows by the environment's tag, and
 * those that can be there only once. What the state knows, or was tried and is not there, is left out.
 */
export function candidatesOf(
  document: PlanDocument,
  tagged: TaggedResource[],
  options: { place: Place; tried: ReadonlySet<string> },
): Candidate[] {
  const free = new Set(tagged);
  const candidates: Candidate[] = [];
  for (const change of creates(document)) {
    const { address, type } = change;
    const after = change.change.after ?? {};
    if (options.tried.has(address)) {
      continue;
    }
    const own = [...free].find(
      resource => resource.type === type && isPlannedAs(resource, after),
    );
    if (own) {
      free.delete(own);
      candidates.push({ address, type, id: own.id, isTagged: true });
      continue;
    }
    const id = plannedId(type, after, options.place);
    if (id) {
      candidates.push({ address, type, id, isTagged: false });
    }
  }
  return candidates;
}

export function creates({ resource_changes: changes = [] }: PlanDocument) {
  return changes.filter(
    ({ mode, deposed, change }) =>
      mode === 'managed' &&
      !deposed &&
      !change.importing &&
      change.actions.join() === 'create',
  );
}

function isPlannedAs(resource: TaggedResource, after: JsonObject): boolean {
  return (
    sameTags(resource.tags, after.tags_all) &&
    Object.entries(resource.attributes ?? {}).every(
      ([name, value]) =>
        after[name] === undefined || (after[name] ?? null) === (value ?? null),
    )
  );
}

/** AWS's own tags aside. */
export function sameTags(
  tags: Record<string, string>,
  planned: JsonValue | undefined,
): boolean {
  const own = Object.keys(tags).filter(key => !key.startsWith('aws:'));
  return (
    isObject(planned) &&
    own.length === Object.keys(planned).length &&
    own.every(key => planned[key] === tags[key])
  );
}
