import { createApiRef } from '@backstage/frontend-plugin-api';
import type { UpgradeApi } from '@slipway/plugin-infra-scaffolder-common';

/** Environments of older versions of their blueprints. @public */
export const upgradeApiRef = createApiRef<UpgradeApi>().with({
  id: 'plugin.infra-scaffolder.upgrades',
  pluginId: 'infra-scaffolder',
});
