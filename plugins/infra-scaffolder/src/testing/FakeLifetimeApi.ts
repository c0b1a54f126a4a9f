import type {
  Dependent,
  DestroyReceipt,
  LifetimeApi,
  LifetimeRules,
} from '@slipway/plugin-infra-scaffolder-common';
import { sampleEnvironment } from './samples';

/** Ends and receipts in memory. */
export class FakeLifetimeApi implements LifetimeApi {
  rules: LifetimeRules = {
    sizes: {
      dev: { defaultDays: 7, maxDays: 30 },
      small: { defaultDays: 14, maxDays: 60 },
    },
    endlessAccountIds: [],
  };
  dependents: Dependent[] = [];
  mayOverride = false;
  receipt: DestroyReceipt | null = null;
  /** Thrown by everything, once set. */
  failure?: Error;
  /** Every call that changes something, as it was made. */
  readonly calls: Array<[string, ...unknown[]]> = [];
  /** Told of an extension, e.g. to change an environment that another fake has. */
  onExtend: (environmentId: string) => void = () => {};

  async getLifetimes() {
    this.#fail();
    return this.rules;
  }

  async extendEnvironment(environmentId: string) {
    this.calls.push(['extendEnvironment', environmentId]);
    this.#fail();
    this.onExtend(environmentId);
    return sampleEnvironment();
  }

  async listDependents() {
    this.#fail();
    return { items: this.dependents, mayOverride: this.mayOverride };
  }

  async destroyDespiteDependents(
    environmentId: string,
    confirmName: string,
    reason: string,
  ) {
    this.calls.push([
      'destroyDespiteDependents',
      environmentId,
      confirmName,
      reason,
    ]);
    return { runId: 'r1' };
  }

  async getReceipt() {
    this.#fail();
    return this.receipt;
  }

  async scanLeftovers(environmentId: string) {
    this.calls.push(['scanLeftovers', environmentId]);
    this.#fail();
    this.receipt = {
      ...this.receipt!,
      scan: {
        at: new Date().toISOString(),
        regions: ['us-east-1'],
        orphans: [],
        kept: [],
        failed: [],
      },
    };
    return this.receipt;
  }

  #fail() {
    if (this.failure) {
      throw this.failure;
    }
  }
}
