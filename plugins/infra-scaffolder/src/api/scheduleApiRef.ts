import { createApiRef } from '@backstage/frontend-plugin-api';
import type { ScheduleApi } from '@slipway/plugin-infra-scaffolder-common';

/** Schedules and sleep of environments, for pages. @public */
export const scheduleApiRef = createApiRef<ScheduleApi>().with({
  id: 'plugin.infra-scaffolder.schedules',
  pluginId: 'infra-scaffolder',
});
