import type { SchedulerService } from '@backstage/backend-plugin-api';
import type { ExpiryWarner } from '../exemptions/ExpiryWarner';

/** Has owners told that their exemptions are about to expire. */
export async function scheduleExpiryWarnings(
  scheduler: SchedulerService,
  warner: ExpiryWarner,
): Promise<void> {
  await scheduler.scheduleTask({
    id: 'exemption-warnings',
    scope: 'global',
    frequency: { hours: 1 },
    timeout: { minutes: 5 },
    initialDelay: { minutes: 1 },
    fn: () => warner.warn(new Date()),
  });
}
