import type {
  Approval,
  ApprovalDecision,
  ApprovalState,
  ListedApproval,
  MayDecide,
} from '@slipway/plugin-infra-scaffolder-common';
import type { As } from '../services/types';

export type NewApproval = Pick<
  Approval,
  | 'runId'
  | 'planHash'
  | 'environmentId'
  | 'runTitle'
  | 'operation'
  | 'authors'
  | 'reasons'
  | 'expiresAt'
>;

export interface Revocation {
  runId: string;
  planHash: string;
  by: string;
  comment: string;
  at: Date;
}

export interface Decision {
  runId: string;
  planHash: string;
  state: 'approved' | 'rejected';
  by: string;
  comment?: string;
  at: Date;
}

/** Requests for approval, by run and hash of the plan. */
export interface ApprovalStore {
  /** The same run and hash again changes nothing. */
  ask(approval: NewApproval, at: Date): Promise<void>;
  find(
    runId: string,
    planHash: string,
    now: Date,
  ): Promise<Approval | undefined>;
  /** Newest first, at most 500. */
  list(state: ApprovalState | undefined, now: Date): Promise<Approval[]>;
  /**
   * Of two decisions at once, one is written.
   * @returns whether this one was: false where somebody has decided, or it has lapsed.
   */
  decide(decision: Decision): Promise<boolean>;
  /** @returns whether it was taken back: false where it is no approval any more, or its apply has begun. */
  revoke(revocation: Revocation): Promise<boolean>;
  /**
   * Called before the first call of an apply. Of this and a revocation at once, one is written; the same again is true again.
   * @returns whether the plan is approved.
   */
  use(runId: string, planHash: string, at: Date): Promise<boolean>;
  /** What of the run nobody decided on awaits nobody any more. */
  withdraw(runId: string): Promise<void>;
}

/** Decisions on plans, as people see and make them. */
export interface ApprovalService {
  list(state: ApprovalState | undefined, as: As): Promise<ListedApproval[]>;
  /** Of the plan that the run has now. @throws NotFoundError where there is no such run. */
  get(
    runId: string,
    as: As,
  ): Promise<{ approval: Approval | null; mayDecide: MayDecide }>;
  /**
   * The same decision of the same person again changes nothing and wakes the run again. An approval is taken back by whoever
   * may approve, or gave it, until its apply begins; then, as after a rejection, the run ends.
   * @throws NotAllowedError, or ConflictError where the plan is another, decided on, lapsed, or frozen.
   */
  decide(
    runId: string,
    decision: {
      decision: ApprovalDecision;
      planHash: string;
      comment?: string;
    },
    as: As,
  ): Promise<Approval>;
}
