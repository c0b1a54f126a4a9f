import type { Operation } from './types';

/** Kept with a plan that somebody else has to approve. @public */
export interface PlanApproval {
  /** In words, e.g. `Destroys a production environment`. Never empty. */
  reasons: string[];
  /** ISO 8601, UTC. After it the plan is neither approved nor applied any more. */
  expiresAt: string;
}

/** @public */
export const APPROVAL_STATES = [
  'waiting',
  'approved',
  'rejected',
  'lapsed',
  'withdrawn',
  'revoked',
] as const;

/**
 * `waiting`: nobody has decided. `lapsed`: nobody decided in time. `withdrawn`: the run ended before anybody decided.
 * `revoked`: approved, and taken back before anything was applied.
 * @public
 */
export type ApprovalState = (typeof APPROVAL_STATES)[number];

/** That somebody is to decide on exactly one plan, and what was decided. @public */
export interface Approval extends PlanApproval {
  runId: string;
  planHash: string;
  environmentId: string;
  environmentName: string;
  operation: Operation;
  runTitle: string;
  state: ApprovalState;
  /** Who began the run, who asked for the environment and who confirmed the plan, each once: none of them may decide. */
  authors: string[];
  requestedAt: string;
  decidedBy?: string;
  decidedAt?: string;
  /** Why it was rejected or taken back, or what the approver had to say. */
  comment?: string;
  /** Who took the approval back. */
  revokedBy?: string;
  revokedAt?: string;
  /** When the apply began; from then on an approval cannot be taken back. */
  usedAt?: string;
}

/** `revoke` takes an approval back. @public */
export type ApprovalDecision = 'approve' | 'reject' | 'revoke';

/** As it is listed for somebody. @public */
export interface ListedApproval extends Approval {
  /** Whether they may decide, or take back what was decided; that there is anything to decide, the state says. */
  mayDecide: boolean;
}

/** Whether the person that asks may decide, or take back what was decided, and if not, why. @public */
export interface MayDecide {
  allowed: boolean;
  reason?: string;
}

/** Name of the signal that wakes a run when somebody has decided. It carries nothing: the decision is read. @public */
export const APPROVAL_SIGNAL = 'approval';

/** Codes of the problems of a run whose plan may not be applied for want of an approval. @public */
export const APPROVAL_PROBLEMS = {
  lapsed: 'approval.lapsed',
  rejected: 'approval.rejected',
  revoked: 'approval.revoked',
  missing: 'approval.missing',
} as const;
