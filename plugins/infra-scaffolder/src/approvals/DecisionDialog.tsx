import type { ApprovalDecision } from '@slipway/plugin-infra-scaffolder-common';
import { ConfirmDialog } from '@slipway/ui';

const WORDS: Record<
  ApprovalDecision,
  {
    title: (planId: string) => string;
    verb: string;
    placeholder?: string;
    what: string;
  }
> = {
  approve: {
    title: planId => `Approve plan ${planId}?`,
    verb: 'Approve this plan',
    what: 'It is applied at once, exactly as it is shown here.',
  },
  reject: {
    title: planId => `Reject plan ${planId}?`,
    verb: 'Reject this plan',
    placeholder: 'What would have to be different',
    what: 'Its run ends, and nothing is changed in AWS. Who asked for it is told why.',
  },
  revoke: {
    title: planId => `Take back the approval of plan ${planId}?`,
    verb: 'Take the approval back',
    placeholder: 'What was overlooked',
    what: 'Its run ends, and nothing is changed in AWS. Who asked for it is told why.',
  },
};

/** Asks once more before a decision on a plan; all but an approval take a reason. */
export function DecisionDialog(props: {
  planId: string;
  /** What is asked; undefined: nothing is. */
  decision: ApprovalDecision | undefined;
  onClose: () => void;
  onDecide: (comment: string) => Promise<void>;
}) {
  const { planId, decision, onClose, onDecide } = props;
  const { title, verb, placeholder, what } = WORDS[decision ?? 'approve'];
  return (
    <ConfirmDialog
      open={decision !== undefined}
      danger={decision !== 'approve'}
      title={title(planId)}
      verb={verb}
      reason={placeholder ? { label: 'Why', placeholder } : undefined}
      onClose={onClose}
      onConfirm={({ reason }) => onDecide(reason)}
    >
      {what}
    </ConfirmDialog>
  );
}
