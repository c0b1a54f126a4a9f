import { useApi } from '@backstage/frontend-plugin-api';
import {
  latestExpiry,
  lifetimeRuleOf,
  type Environment,
} from '@slipway/plugin-infra-scaffolder-common';
import { useLoad } from '@slipway/ui';
import { useState } from 'react';
import { lifetimeApiRef } from '../api';

/** An end is the same to the minute: a click moves nothing that has just been moved. */
const MINUTE_MS = 60_000;

/** Extends an environment by one click, as far as its stage allows. */
export function useExtend(environment: Environment, onChange: () => void) {
  const { id, expiresAt } = environment;
  const api = useApi(lifetimeApiRef);
  const { value: rules } = useLoad(() => api.getLifetimes(), [api]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const rule = rules && lifetimeRuleOf(rules, environment);
  const until = rule && latestExpiry(rule, new Date());
  const isLater =
    until !== undefined &&
    expiresAt !== undefined &&
    Date.parse(until) - Date.parse(expiresAt) > MINUTE_MS;
  const extend = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await api.extendEnvironment(id);
      onChange();
    } catch (thrown) {
      setError(thrown as Error);
    } finally {
      setBusy(false);
    }
  };
  return { until: isLater ? until : undefined, busy, error, extend };
}
