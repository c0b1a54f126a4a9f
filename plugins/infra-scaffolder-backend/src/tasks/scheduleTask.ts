import type { SchedulerService } from '@backstage/backend-plugin-api';
import type { ScheduleKeeper } from '../schedules/ScheduleKeeper';

/** A sleep or a wake that is due begins within this time. */
const LOOK_EVERY = { minutes: 1 };
const LONGEST = { minutes: 10 };
const FIRST_AFTER = { seconds: 25 };

/** Has the schedules of environments attended to, by one back end at a time. */
export async function scheduleSleep(
  scheduler: SchedulerService,
  keeper: ScheduleKeeper,
): Promise<void> {
  await scheduler.scheduleTask({
    id: 'schedules',
    scope: 'global',
    frequency: LOOK_EVERY,
    timeout: LONGEST,
    initialDelay: FIRST_AFTER,
    fn: signal => keeper.look(new Date(), signal),
  });
}
