import type {
  Blueprint,
  Environment,
} from '@slipway/plugin-infra-scaffolder-common';
import { useMemo, useState } from 'react';
import type { DraftRequest } from '../form/model/request';
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

/** Keeps what the person fills in; it begins as recorded. */
export function useChange(
  environment: Environment,
  choices: ChangeChoices,
): Change {
  const { versions } = choices;
  const [current] = versions;
  const [draft, setDraft] = useState(() => startChange(current, environment));
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
