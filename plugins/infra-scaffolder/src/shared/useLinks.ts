import { useRouteRef } from '@backstage/frontend-plugin-api';
import { useMemo } from 'react';
import {
  changeRouteRef,
  createRouteRefExternal,
  environmentRouteRef,
  policiesRouteRef,
  rootRouteRef,
  runRouteRef,
} from '../routes';

/** Addresses of this plugin's pages. */
export interface Links {
  list: string;
  /** Not there where the portal has no form for it. */
  create?: string;
  environment: (name: string) => string;
  change: (name: string) => string;
  run: (name: string, runId: string) => string;
  /** Where a rule is told in full. */
  rule: (rule: string) => string;
}

/** Addresses of this plugin's pages, as the app has mounted them. */
export function useLinks(): Links {
  const list = useRouteRef(rootRouteRef);
  const environment = useRouteRef(environmentRouteRef);
  const change = useRouteRef(changeRouteRef);
  const run = useRouteRef(runRouteRef);
  const policies = useRouteRef(policiesRouteRef);
  const create = useRouteRef(createRouteRefExternal);
  return useMemo(
    () => ({
      list: list?.() ?? '/environments',
      create: create?.(),
      environment: name =>
        environment?.({ name }) ?? `/environments/${encodeURIComponent(name)}`,
      change: name =>
        change?.({ name }) ??
        `/environments/${encodeURIComponent(name)}/change`,
      run: (name, runId) =>
        run?.({ name, runId }) ??
        `/environments/${encodeURIComponent(name)}/runs/${runId}`,
      rule: rule =>
        `${policies?.() ?? '/policies'}?rule=${encodeURIComponent(rule)}`,
    }),
    [list, environment, change, run, policies, create],
  );
}
