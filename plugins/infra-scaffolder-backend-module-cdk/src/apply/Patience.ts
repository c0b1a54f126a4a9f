import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import {
  RUN_EVENT_CODES,
  type RunEventLevel,
} from '@slipway/plugin-runs-common';
import type { StepContext } from '@slipway/plugin-runs-node';
import {
  isThrottled,
  isUnreachable,
  toStepFailure,
} from '@slipway/plugin-infra-scaffolder-node';
import type { WatchSettings } from '../config';
import { stackNameOf } from '../plan/naming';

const SLOWEST_FACTOR = 2;
const THROTTLED_SLOWEST_MILLISECONDS = 30_000;

/**
 * How often to ask AWS while it works, and for how long to bear that it does not answer. Being throttled only makes it
 * ask less often.
 */
export class Patience {
  readonly #ctx: StepContext;
  readonly #environment: Environment;
  readonly #settings: WatchSettings;
  #interval: number;
  #silentSince: Date | undefined;

  static create(
    ctx: StepContext,
    environment: Environment,
    settings: WatchSettings,
  ): Patience {
    return new Patience(ctx, environment, settings);
  }

  private constructor(
    ctx: StepContext,
    environment: Environment,
    settings: WatchSettings,
  ) {
    this.#ctx = ctx;
    this.#environment = environment;
    this.#settings = settings;
    this.#interval = settings.pollIntervalMilliseconds;
  }

  /** Repeats a read until AWS answers it. @throws StepFailedError `aws.unreachable`, or what AWS refuses with. */
  async attempt<T>(read: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        const answer = await this.unlimited(read);
        await this.#answered();
        return answer;
      } catch (error) {
        this.#ctx.signal.throwIfAborted();
        if (!isUnreachable(error)) {
          throw error;
        }
        await this.#silent(error);
        await this.#ctx.sleep(this.#interval);
      }
    }
  }

  /** Repeats a request for as long as AWS answers only that it limits us. */
  async unlimited<T>(request: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await request();
      } catch (error) {
        if (!isThrottled(error)) {
          throw error;
        }
        this.#interval = Math.min(
          this.#interval * 2,
          THROTTLED_SLOWEST_MILLISECONDS,
        );
        await this.#ctx.sleep(this.#interval);
      }
    }
  }

  /** Waits until the next poll is due: sooner after news, later without. */
  async pause(hadNews: boolean): Promise<void> {
    const usual = this.#settings.pollIntervalMilliseconds;
    if (hadNews) {
      this.#interval = usual;
    } else if (this.#interval < usual * SLOWEST_FACTOR) {
      this.#interval *= 1.2;
    }
    await this.#ctx.sleep(this.#interval);
  }

  async #silent(error: unknown): Promise<void> {
    const now = this.#ctx.now();
    if (!this.#silentSince) {
      this.#silentSince = now;
      const until = new Date(
        now.getTime() + this.#settings.unreachableSeconds * 1000,
      );
      await this.#say(
        'warning',
        `AWS does not answer in ${
          this.#environment.region
        }. What it has begun goes on there; asking again until ${until.toISOString()}.`,
      );
    }
    const silentSeconds = (now.getTime() - this.#silentSince.getTime()) / 1000;
    if (silentSeconds >= this.#settings.unreachableSeconds) {
      throw toStepFailure(error, {
        accountId: this.#environment.accountId,
        region: this.#environment.region,
        doing: `working on ${stackNameOf(this.#environment)}`,
      });
    }
  }

  async #answered(): Promise<void> {
    if (this.#silentSince) {
      this.#silentSince = undefined;
      await this.#say(
        'info',
        `AWS answers again in ${this.#environment.region}.`,
      );
    }
  }

  async #say(level: RunEventLevel, message: string): Promise<void> {
    await this.#ctx.emit({ code: RUN_EVENT_CODES.log, level, message });
  }
}
