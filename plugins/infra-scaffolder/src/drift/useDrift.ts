import { useApi } from '@backstage/frontend-plugin-api';
import { useLoad } from '@slipway/ui';
import { useCallback, useState } from 'react';
import { driftApiRef } from '../api';

const READ_EVERY_MS = 3_000;

/** What is known of an environment's drift, and having it checked. */
export function useDrift(environmentId: string) {
  const api = useApi(driftApiRef);
  const [failure, setFailure] = useState<unknown>();
  const report = useLoad(
    () => api.getDrift(environmentId),
    [api, environmentId],
    { everyMs: READ_EVERY_MS },
  );
  const { reload } = report;
  const check = useCallback(async () => {
    setFailure(undefined);
    try {
      await api.checkDrift(environmentId);
    } catch (error) {
      setFailure(error);
    }
    reload();
  }, [api, environmentId, reload]);
  return { ...report, check, failure };
}
