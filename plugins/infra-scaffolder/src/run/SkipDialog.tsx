import type { RunStep } from '@slipway/plugin-runs-common';
import { ConfirmDialog } from '@slipway/ui';
import { useState } from 'react';

/** Which step a person is asked to give a reason for. */
export function useSkip() {
  const [stepId, setStepId] = useState<string>();
  return { stepId, ask: setStepId, close: () => setStepId(undefined) };
}

/** Asks why a failed step should be skipped. */
export function SkipDialog(props: {
  step: RunStep | undefined;
  onSkip: (stepId: string, reason: string) => Promise<void>;
  onClose: () => void;
}) {
  const { step, onSkip, onClose } = props;
  const title = step?.title ?? '';
  return (
    <ConfirmDialog
      open={Boolean(step)}
      danger
      title={`Skip “${title}”?`}
      verb="Skip this step"
      reason={{
        label: 'Why',
        placeholder:
          'What was done by hand in its place, or why it is not needed',
      }}
      onClose={onClose}
      onConfirm={async ({ reason }) => {
        if (step) {
          await onSkip(step.id, reason);
        }
      }}
    >
      The steps after it run as if it had succeeded. The reason stays in the
      run’s events.
    </ConfirmDialog>
  );
}
