import type { SchedulerService } from '@backstage/backend-plugin-api';
import type { DriftChecker } from '../drift/DriftChecker';

/** How often it is looked whether a check is due; the interval between checks of one environment is configured. */
const LOOK_EVERY = { minutes: 1 };
const LONGEST = { hours: 6 };
const FIRST_AFTER = { seconds: 30 };

/** Has environments checked for drift, by one back end at a time. */
export async function scheduleDriftChecks(
  scheduler: SchedulerService,
  checker: DriftChecker,
): Promise<void> {
  await scheduler.scheduleTask({
    id: 'drift-checks',
    scope: 'global',
    frequency: LOOK_EVERY,
    timeout: LONGEST,
    initialDelay: FIRST_AFTER,
    fn: signal => checker.checkDue(signal),
  });
}
