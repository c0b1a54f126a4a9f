import { createApiRef } from '@backstage/frontend-plugin-api';
import type { DriftApi } from '@slipway/plugin-infra-scaffolder-common';

/** What is no longer as it was applied. @public */
export const driftApiRef = createApiRef<DriftApi>().with({
  id: 'plugin.infra-scaffolder.drift',
  pluginId: 'infra-scaffolder',
});
