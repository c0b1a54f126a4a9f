import type {
  Blueprint,
  Environment,
} from '@slipway/plugin-infra-scaffolder-common';
import type { JsonObject } from '@backstage/types';
import { useMemo, useState } from 'react';
import { withParameter, type DraftRequest } from '../form/model/request';
import {
  changesOf,
  startChange,
  withBlueprint,
  type FieldChange,
} from './changes';
import type { ChangeChoices } from './useBlueprints';

/** A change as far as it is filled in. */
export interface Change extends ChangeChoices {
  draft: DraftRequest;
  /** The recorded version of the blueprint. */
  current: Blueprint;
  /** The chosen one. */
  next: Blueprint;
  changes: FieldChange[];
  setDraft: (draft: DraftRequest) => void;
  setVersion: (version: string) => void;
}

/**
 * Keeps what the person fills in; it begins as recorded.
 *
 * @param set - values that are filled in beforehand.
 */
export function useChange(
  environment: Environment,
  choices: ChangeChoices,
  set: JsonObject = {},
): Change {
  const { versions } = choices;
  const [current] = versions;
  const [draft, setDraft] = useState(() =>
    Object.entries(set).reduce(
      (filled, [name, value]) =>
        Object.hasOwn(current.parameters, name) && value !== undefined
          ? withParameter(filled, name, value)
          : filled,
      startChange(current, environment),
    ),
  );
  const next =
    versions.find(({ version }) => version === draft.blueprint.version) ??
    current;
  const changes = useMemo(
    () => changesOf(environment, draft, current, next),
    [environment, draft, current, next],
  );
  return {
    ...choices,
    draft,
    current,
    next,
    changes,
    setDraft,
    setVersion: version => {
      const chosen = versions.find(each => each.version === version);
      if (chosen) {
        setDraft(withBlueprint(draft, chosen));
      }
    },
  };
}
