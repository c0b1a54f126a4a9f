import type {
  Approval,
  ApprovalState,
  ListedApproval,
} from '@slipway/plugin-infra-scaffolder-common';
import type { Health } from '@slipway/ui';

const STATES: Record<ApprovalState, { health: Health; word: string }> = {
  waiting: { health: 'attention', word: 'Awaits others' },
  approved: { health: 'healthy', word: 'Approved' },
  rejected: { health: 'failing', word: 'Rejected' },
  lapsed: { health: 'unknown', word: 'Lapsed' },
  withdrawn: { health: 'unknown', word: 'Run ended' },
  revoked: { health: 'failing', word: 'Taken back' },
};

export function healthOfApproval({ state }: Pick<Approval, 'state'>): Health {
  return STATES[state].health;
}

/** The state of an approval, said to the reader. */
export function wordOf({ state, mayDecide }: ListedApproval): string {
  return state === 'waiting' && mayDecide ? 'Awaits you' : STATES[state].word;
}
