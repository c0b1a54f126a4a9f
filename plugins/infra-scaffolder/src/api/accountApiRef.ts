import { createApiRef } from '@backstage/frontend-plugin-api';
import type { AccountApi } from '@slipway/plugin-infra-scaffolder-common';

/** The accounts that environments are made in. @public */
export const accountApiRef = createApiRef<AccountApi>().with({
  id: 'plugin.infra-scaffolder.accounts',
  pluginId: 'infra-scaffolder',
});
