import { createApiRef } from '@backstage/frontend-plugin-api';
import type { FleetApi } from '@slipway/plugin-infra-scaffolder-common';

/** Lists of environments that may be thousands long. @public */
export const fleetApiRef = createApiRef<FleetApi>().with({
  id: 'plugin.infra-scaffolder.fleet',
  pluginId: 'infra-scaffolder',
});
