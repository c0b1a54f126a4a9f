import { useApi } from '@backstage/frontend-plugin-api';
import type { ListedApproval } from '@slipway/plugin-infra-scaffolder-common';
import { useLoad } from '@slipway/ui';
import { infraApiRef } from '../api';

const READ_EVERY_MS = 15_000;

/** The plans that await the decision of the person at hand; undefined until they are known. @public */
export function useAwaitingApprovals(): ListedApproval[] | undefined {
  const api = useApi(infraApiRef);
  const { value } = useLoad(() => api.listApprovals('waiting'), [api], {
    everyMs: READ_EVERY_MS,
  });
  return value?.filter(({ mayDecide }) => mayDecide);
}
