import type {
  ScheduleApi,
  SleepPlan,
  UpSchedule,
} from '@slipway/plugin-infra-scaffolder-common';
import { sampleEnvironment } from './samples';

/** What a schedule of the sample environment would stop. */
export function sampleSleepPlan(part: Partial<SleepPlan> = {}): SleepPlan {
  const arn = (service: string, resource: string) =>
    `arn:aws:${service}:us-east-1:123456789012:${resource}`;
  return {
    hash: 'a'.repeat(64),
    stops: [
      {
        kind: 'nodegroup',
        arn: arn('eks', 'nodegroup/shop-dev/apps/1'),
        id: 'apps',
        cluster: 'shop-dev',
        minSize: 2,
        desiredSize: 3,
      },
      { kind: 'db-instance', arn: arn('rds', 'db:shop-dev'), id: 'shop-dev' },
    ],
    stays: [
      {
        kind: 'db-instance',
        arn: arn('rds', 'db:shop-dev-replica'),
        id: 'shop-dev-replica',
        why: 'It is a read replica, which AWS does not stop.',
      },
    ],
    savings: {
      monthlyUsd: '112.34',
      pricesOf: '2026-07-20',
      asleepShare: 0.67,
      leftOut: ['db-instance'],
    },
    words: 'shop-dev is up Mon to Fri. At all other times it is stopped.',
    ...part,
  };
}

/** Schedules in memory. */
export class FakeScheduleApi implements ScheduleApi {
  plan = sampleSleepPlan();
  /** Thrown by everything, while it is set. */
  failure?: Error;
  /** Plans wait until it resolves. */
  gate: Promise<void> = Promise.resolve();
  /** Every call, as it was made. */
  readonly calls: Array<[string, ...unknown[]]> = [];
  /** Told of a call that changes something, e.g. to change an environment that another fake has. */
  onChange: () => void = () => {};

  async planSleep(environmentId: string, hours: UpSchedule) {
    this.calls.push(['planSleep', environmentId, hours]);
    await this.gate;
    this.#fail();
    return this.plan;
  }

  async setSchedule(
    environmentId: string,
    request: { hours: UpSchedule; planHash: string },
  ) {
    return this.#change('setSchedule', environmentId, request);
  }

  async removeSchedule(environmentId: string) {
    return this.#change('removeSchedule', environmentId);
  }

  async wakeNow(environmentId: string, hours: number) {
    return this.#change('wakeNow', environmentId, hours);
  }

  async sleepNow(environmentId: string) {
    return this.#change('sleepNow', environmentId);
  }

  #change(...call: [string, ...unknown[]]) {
    this.calls.push(call);
    this.#fail();
    this.onChange();
    return sampleEnvironment();
  }

  #fail() {
    if (this.failure) {
      throw this.failure;
    }
  }
}
