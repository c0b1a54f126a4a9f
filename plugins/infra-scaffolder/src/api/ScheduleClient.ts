import type {
  Environment,
  ScheduleApi,
  SleepPlan,
  UpSchedule,
} from '@slipway/plugin-infra-scaffolder-common';
import { HttpBackEnd, type HttpOptions } from './HttpBackEnd';

function pathOf(environmentId: string): string {
  return `/environments/${encodeURIComponent(environmentId)}`;
}

/** Schedules over HTTP. */
export class ScheduleClient implements ScheduleApi {
  readonly #backEnd: HttpBackEnd;

  static create(options: HttpOptions): ScheduleClient {
    return new ScheduleClient(new HttpBackEnd(options));
  }

  private constructor(backEnd: HttpBackEnd) {
    this.#backEnd = backEnd;
  }

  planSleep(environmentId: string, hours: UpSchedule) {
    return this.#backEnd.post<SleepPlan>(
      `${pathOf(environmentId)}/sleep-plan`,
      { hours },
    );
  }

  setSchedule(
    environmentId: string,
    request: { hours: UpSchedule; planHash: string },
  ) {
    return this.#backEnd.put<Environment>(
      `${pathOf(environmentId)}/schedule`,
      request,
    );
  }

  removeSchedule(environmentId: string) {
    return this.#backEnd.delete<Environment>(
      `${pathOf(environmentId)}/schedule`,
    );
  }

  wakeNow(environmentId: string, hours: number) {
    return this.#backEnd.post<Environment>(`${pathOf(environmentId)}/wake`, {
      hours,
    });
  }

  sleepNow(environmentId: string) {
    return this.#backEnd.post<Environment>(`${pathOf(environmentId)}/sleep`);
  }
}
