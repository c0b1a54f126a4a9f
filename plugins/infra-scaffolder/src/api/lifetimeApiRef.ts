import { createApiRef } from '@backstage/frontend-plugin-api';
import type { LifetimeApi } from '@slipway/plugin-infra-scaffolder-common';

/** Ends and receipts of environments, for pages. @public */
export const lifetimeApiRef = createApiRef<LifetimeApi>().with({
  id: 'plugin.infra-scaffolder.lifetime',
  pluginId: 'infra-scaffolder',
});
