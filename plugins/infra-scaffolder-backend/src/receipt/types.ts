import type {
  DestroyReceipt,
  Environment,
  LifetimeApi,
  OrphanScan,
} from '@slipway/plugin-infra-scaffolder-common';
import type { As } from '../services/types';

/** Looks for what is left of an environment. */
export interface LeftoverScanner {
  /** Never rejects but when `signal` aborts: a region that could not be looked at is named. */
  scan(
    environment: Environment,
    options: { at: Date; signal: AbortSignal },
  ): Promise<OrphanScan>;
}

export interface ReceiptStore {
  /** The same environment again takes the place of what was kept. */
  keep(receipt: DestroyReceipt): Promise<void>;
  find(environmentId: string): Promise<DestroyReceipt | undefined>;
  /** @returns what is kept now; undefined where there is no receipt. */
  addScan(
    environmentId: string,
    scan: OrphanScan,
  ): Promise<DestroyReceipt | undefined>;
}

/** Receipts for people and plugins; what a method does stands at {@link LifetimeApi}. */
export type ReceiptService = {
  [Method in 'getReceipt' | 'scanLeftovers']: (
    ...args: [...Parameters<LifetimeApi[Method]>, As]
  ) => ReturnType<LifetimeApi[Method]>;
};
