import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Blueprint,
  RequestIssue,
} from '@slipway/plugin-infra-scaffolder-common';
import { useEffect, useMemo, useState } from 'react';
import { infraApiRef } from '../api';
import {
  checkLocally,
  mergeIssues,
  saidOf,
  type DraftRequest,
} from './model/request';

const QUIET_MS = 300;

/** What is wrong with a request while it is typed. */
export interface Checks {
  issues: RequestIssue[];
  /** The back end is looking. */
  checking: boolean;
  /** The back end could not look; it will when the form is sent. */
  error?: Error;
}

/** Checks a request at once by itself, and 300 ms after the last change by the back end. */
export function useChecks(blueprint: Blueprint, draft: DraftRequest): Checks {
  const api = useApi(infraApiRef);
  const [answered, setAnswered] = useState<{
    request: DraftRequest;
    issues: RequestIssue[];
    error?: Error;
  }>();
  const text = JSON.stringify(saidOf(draft));
  useEffect(() => {
    let over = false;
    const timer = setTimeout(async () => {
      const request = draft;
      try {
        const { issues } = await api.checkRequest(JSON.parse(text));
        if (!over) {
          setAnswered({ request, issues });
        }
      } catch (error) {
        if (!over) {
          setAnswered({ request, issues: [], error: error as Error });
        }
      }
    }, QUIET_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
    // `text` is all of the draft that is checked.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [api, text]);

  const issues = useMemo(
    () => mergeIssues(draft, checkLocally(blueprint, draft), answered),
    [blueprint, draft, answered],
  );
  return {
    issues,
    checking: !answered || JSON.stringify(saidOf(answered.request)) !== text,
    error: answered?.error,
  };
}
