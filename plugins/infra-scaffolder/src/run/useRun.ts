import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Environment,
  EnvironmentAllowed,
  Plan,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  foldResources,
  keepUnchanged,
  useLoad,
  useRunStream,
  type ResourceProgress,
  type RunSource,
  type RunStream,
} from '@slipway/ui';
import { useEffect, useMemo, useRef } from 'react';
import { infraApiRef } from '../api';

/** All that the run page shows. */
export interface FollowedRun {
  stream: RunStream;
  environment?: Environment;
  allowed?: EnvironmentAllowed;
  /** null until the run has made one. */
  plan?: Plan | null;
  planError?: Error;
  reloadPlan: () => void;
  resources: ResourceProgress[];
  error?: unknown;
}

/** Follows a run with its environment and its plan. */
export function useRun(runId: string): FollowedRun {
  const api = useApi(infraApiRef);
  const source = useMemo<RunSource>(
    () => ({
      load: async () => {
        const { run } = await api.getRun(runId);
        return { run, events: await api.listEvents(runId) };
      },
      stream: options => api.streamEvents(runId, options),
    }),
    [api, runId],
  );
  const stream = useRunStream(runId, source);
  const state = stream.picture?.run.state;
  const details = useLoad(() => api.getRun(runId), [api, runId]);
  const planned = stream.picture?.run.steps.some(
    step => step.id === 'plan' && step.state === 'succeeded',
  );
  const plan = useLoad(() => api.getPlan(runId), [api, runId]);

  const { reload } = details;
  useEffect(() => {
    if (state) {
      reload();
    }
  }, [state, reload]);

  const { reload: reloadPlan } = plan;
  useEffect(() => {
    if (planned) {
      reloadPlan();
    }
  }, [planned, reloadPlan]);

  const events = stream.picture?.events;
  const changes = plan.value?.changes;
  const drawn = useRef<ResourceProgress[]>([]);
  const resources = useMemo(() => {
    const touched = (changes ?? []).filter(
      change => change.action !== 'unchanged',
    );
    drawn.current = keepUnchanged(
      drawn.current,
      foldResources(touched, events ?? []),
    );
    return drawn.current;
  }, [changes, events]);
  return {
    stream,
    environment: details.value?.environment,
    allowed: details.value?.allowed,
    plan: plan.value,
    planError: plan.error,
    reloadPlan,
    resources,
    error: stream.error ?? details.error,
  };
}
