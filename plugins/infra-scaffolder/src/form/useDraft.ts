import type {
  Blueprint,
  EnvironmentRequest,
} from '@slipway/plugin-infra-scaffolder-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { startRequest, type DraftRequest } from './model/request';

/** Changes some of a request, or makes another one of it. */
export type ChangeDraft = (
  change: Partial<DraftRequest> | ((draft: DraftRequest) => DraftRequest),
) => void;

/**
 * The request as the person has it. The form around takes over what it is sent in its own time; what it hands back
 * until then is older than what was typed, so it is read once, at the start.
 *
 * @returns no draft until the blueprint is known.
 */
export function useDraft(options: {
  blueprint: Blueprint | undefined;
  given: Partial<EnvironmentRequest>;
  onChange: (request: EnvironmentRequest) => void;
}): { draft?: DraftRequest; change: ChangeDraft } {
  const { blueprint } = options;
  const [draft, setDraft] = useState<DraftRequest>();
  const latest = useRef<DraftRequest>();
  const around = useRef(options);
  around.current = options;
  const take = useCallback((next: DraftRequest) => {
    latest.current = next;
    setDraft(next);
    around.current.onChange(next);
  }, []);
  useEffect(() => {
    if (blueprint && !latest.current) {
      take(startRequest(blueprint, around.current.given));
    }
  }, [blueprint, take]);
  const change = useCallback<ChangeDraft>(
    wanted => {
      if (latest.current) {
        take(
          typeof wanted === 'function'
            ? wanted(latest.current)
            : { ...latest.current, ...wanted },
        );
      }
    },
    [take],
  );
  return { draft, change };
}
