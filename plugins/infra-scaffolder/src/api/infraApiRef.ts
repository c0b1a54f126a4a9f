import { createApiRef } from '@backstage/frontend-plugin-api';
import type { InfraApi } from '@slipway/plugin-infra-scaffolder-common';

/** The infra-scaffolder back end, for pages. @public */
export const infraApiRef = createApiRef<InfraApi>().with({
  id: 'plugin.infra-scaffolder.client',
  pluginId: 'infra-scaffolder',
});
