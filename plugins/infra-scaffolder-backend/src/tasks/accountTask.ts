import type { SchedulerService } from '@backstage/backend-plugin-api';
import type { AccountChecker } from '../accounts/AccountChecker';

/** Has accounts checked for what environments need, by one back end at a time. */
export async function scheduleAccountChecks(
  scheduler: SchedulerService,
  checker: AccountChecker,
): Promise<void> {
  await scheduler.scheduleTask({
    id: 'account-checks',
    scope: 'global',
    frequency: { hours: 1 },
    timeout: { minutes: 30 },
    initialDelay: { seconds: 40 },
    fn: signal => checker.checkAll(signal),
  });
}
