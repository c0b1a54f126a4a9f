import type {
  Environment,
  FreezeOutlook,
  FreezePeriod,
} from '@slipway/plugin-infra-scaffolder-common';
import type { As } from '../services/types';

export type NewFreezePeriod = Pick<
  FreezePeriod,
  'title' | 'from' | 'until' | 'scope'
>;

export interface FreezeOverride {
  runId: string;
  planHash: string;
  environmentId: string;
  by: string;
  reason: string;
  at: Date;
}

export interface FreezeStore {
  /** Those that have not ended by then, the soonest first. */
  list(endingAfter: Date): Promise<FreezePeriod[]>;
  find(id: string): Promise<FreezePeriod | undefined>;
  insert(period: FreezePeriod, at: Date): Promise<void>;
  update(id: string, period: NewFreezePeriod): Promise<void>;
  remove(id: string): Promise<void>;
  /** The first of a plan is kept. */
  override(override: FreezeOverride): Promise<void>;
  overrideOf(
    runId: string,
    planHash: string,
  ): Promise<FreezeOverride | undefined>;
}

/** The calendar, as people see and change it. */
export interface FreezeService {
  list(options: As & { includeEnded?: boolean }): Promise<FreezePeriod[]>;
  mayManage(as: As): Promise<boolean>;
  outlook(
    subject: Pick<Environment, 'accountId' | 'size' | 'system'>,
  ): Promise<FreezeOutlook>;
  create(period: NewFreezePeriod, as: As): Promise<FreezePeriod>;
  /** @throws ConflictError where configuration gives it. */
  update(id: string, period: NewFreezePeriod, as: As): Promise<FreezePeriod>;
  remove(id: string, as: As): Promise<void>;
  /** Lets one plan be applied in spite of the calendar, for a reason. */
  override(
    runId: string,
    override: { planHash: string; reason: string },
    as: As,
  ): Promise<void>;
}
