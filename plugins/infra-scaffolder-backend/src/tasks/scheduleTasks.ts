import type {
  RootConfigService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import type { DriftChecker } from '../drift/DriftChecker';
import { readDriftSettings } from '../drift/readDriftSettings';
import { scheduleDriftChecks } from './driftTask';

/** Everything that is done on schedule, by one back end at a time. */
export async function scheduleTasks(
  scheduler: SchedulerService,
  config: RootConfigService,
  services: { driftChecker: DriftChecker },
): Promise<void> {
  if (readDriftSettings(config).isScheduled) {
    await scheduleDriftChecks(scheduler, services.driftChecker);
  }
}
