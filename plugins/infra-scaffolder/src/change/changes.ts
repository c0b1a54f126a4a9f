import type { JsonValue } from '@backstage/types';
import {
  completeParameters,
  type Blueprint,
  type Environment,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  startRequest,
  withParameter,
  type DraftRequest,
} from '../form/model/request';
import { formatParameter } from '../shared/ParameterFacts';

/** What is recorded of an environment that can be changed. */
export type Recorded = Pick<
  Environment,
  'blueprint' | 'accountId' | 'region' | 'engine' | 'size' | 'parameters'
>;

/** One thing that is to become another, in words. */
export interface FieldChange {
  /** `blueprint.version`, `size` or `parameters.<name>`. */
  path: string;
  title: string;
  before: string;
  after: string;
}

/** The form as it opens: as recorded. What cannot change is left out, so that it is not checked as if it were new. */
export function startChange(
  blueprint: Blueprint,
  recorded: Recorded,
): DraftRequest {
  const { accountId, region, engine, size, parameters } = recorded;
  return startRequest(blueprint, {
    accountId,
    region,
    engine,
    size,
    parameters,
  });
}

/** The same wishes of another version of the blueprint; values that it has no parameter for are left out. */
export function withBlueprint(
  draft: DraftRequest,
  blueprint: Blueprint,
): DraftRequest {
  return {
    ...draft,
    blueprint: { id: blueprint.id, version: blueprint.version },
    size: Object.hasOwn(blueprint.sizes, draft.size)
      ? draft.size
      : blueprint.defaultSize,
    parameters: Object.fromEntries(
      Object.entries(draft.parameters).filter(([name]) =>
        Object.hasOwn(blueprint.parameters, name),
      ),
    ),
  };
}

/**
 * What a draft changes, in the order of the form: what a size or a version sets counts as much as what was typed.
 *
 * @param current - the recorded version of the blueprint; `next` is the draft's.
 */
export function changesOf(
  recorded: Recorded,
  draft: DraftRequest,
  current: Blueprint,
  next: Blueprint,
): FieldChange[] {
  const changes: FieldChange[] = [];
  if (recorded.blueprint.version !== draft.blueprint.version) {
    changes.push({
      path: 'blueprint.version',
      title: 'Blueprint',
      before: recorded.blueprint.version,
      after: draft.blueprint.version,
    });
  }
  if (recorded.size !== draft.size) {
    changes.push({
      path: 'size',
      title: 'Size',
      before: current.sizes[recorded.size]?.title ?? recorded.size,
      after: next.sizes[draft.size]?.title ?? draft.size,
    });
  }
  const before = valuesBefore(recorded, current);
  const after = completeParameters(next, draft.size, draft.parameters);
  const names = new Set([
    ...Object.keys(next.parameters),
    ...Object.keys(before),
  ]);
  for (const name of names) {
    if (!isSame(before[name], after[name])) {
      const schema = next.parameters[name] ?? current.parameters[name];
      changes.push({
        path: `parameters.${name}`,
        title: schema.title,
        before: formatParameter(before[name], schema),
        after: formatParameter(after[name], schema),
      });
    }
  }
  return changes;
}

/** Every parameter's value as it is recorded. */
export function valuesBefore(recorded: Recorded, current: Blueprint) {
  return completeParameters(current, recorded.size, recorded.parameters);
}

/** The draft with one parameter as it was; by hand only where it was, or where the size says otherwise now. */
export function restored(
  draft: DraftRequest,
  name: string,
  recorded: Recorded,
  current: Blueprint,
  next: Blueprint,
): DraftRequest {
  const before = valuesBefore(recorded, current)[name] as JsonValue;
  const usual = completeParameters(next, draft.size, {})[name];
  const byHand =
    Object.hasOwn(recorded.parameters, name) || !isSame(before, usual);
  return withParameter(draft, name, byHand ? before : undefined);
}

const NAMED = 4;

/** `3 changes: size Dev → Small, …`; of many the first few are named. */
export function changesSentence(changes: FieldChange[]): string {
  if (changes.length === 0) {
    return 'Nothing is changed yet.';
  }
  const named = changes
    .slice(0, NAMED)
    .map(({ title, before, after }) => `${title} ${before} → ${after}`);
  const more = changes.length - named.length;
  return `${countOf(changes)}: ${named.join(', ')}${
    more > 0 ? ` and ${more} more` : ''
  }. Nothing happens before you confirm the plan.`;
}

/** `1 change`, `3 changes`. */
export function countOf(changes: FieldChange[]): string {
  return changes.length === 1 ? '1 change' : `${changes.length} changes`;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
