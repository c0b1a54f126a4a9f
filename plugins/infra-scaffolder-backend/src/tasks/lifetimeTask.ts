import type { SchedulerService } from '@backstage/backend-plugin-api';
import type { LifetimeKeeper } from '../lifetime/LifetimeKeeper';

/** A warning that is due goes out within this time, and so begins a destroy. */
const LOOK_EVERY = { minutes: 1 };
const LONGEST = { minutes: 10 };
const FIRST_AFTER = { seconds: 20 };

/** Has the ends of environments attended to, by one back end at a time. */
export async function scheduleLifetimes(
  scheduler: SchedulerService,
  keeper: LifetimeKeeper,
): Promise<void> {
  await scheduler.scheduleTask({
    id: 'lifetimes',
    scope: 'global',
    frequency: LOOK_EVERY,
    timeout: LONGEST,
    initialDelay: FIRST_AFTER,
    fn: signal => keeper.look(new Date(), signal),
  });
}
