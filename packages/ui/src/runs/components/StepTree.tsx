import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import type { RunStep } from '@slipway/plugin-runs-common';
import { Duration, formatCount, formatDuration } from '../../format';
import { StatusText, healthOfStep } from '../../status';

/** @public */
export interface StepTreeProps {
  steps: RunStep[];
  /** Buttons under a failed step; left out where the person may not. */
  onRetry?: (stepId: string) => void;
  onSkip?: (stepId: string) => void;
}

/** The steps of a run with their states, elapsed and expected times, and what failed with the way on. @public */
export function StepTree(props: StepTreeProps) {
  const { steps } = props;
  const titles = new Map(steps.map(step => [step.id, step.title]));
  return (
    <Box component="ol" aria-label="Steps" sx={{ m: 0, p: 0 }}>
      {steps.map(step => (
        <StepRow key={step.id} step={step} titles={titles} {...props} />
      ))}
    </Box>
  );
}

function StepRow(
  props: StepTreeProps & { step: RunStep; titles: Map<string, string> },
) {
  const { step, titles, onRetry, onSkip } = props;
  const { health, word, idle } = healthOfStep(step.state);
  return (
    <Box
      component="li"
      data-step={step.id}
      sx={{
        listStyle: 'none',
        py: 1,
        px: 2,
        borderTop: 1,
        borderColor: 'divider',
        '&:first-of-type': { borderTop: 0 },
      }}
    >
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          gap: 2,
          justifyContent: 'space-between',
        }}
      >
        <Box sx={{ fontWeight: 500, minWidth: 0, overflowWrap: 'anywhere' }}>
          {step.title}
          {step.attempt > 1 && (
            <Box component="span" sx={{ color: 'text.secondary', ml: 1 }}>
              try {step.attempt}
            </Box>
          )}
        </Box>
        <Box
          sx={{
            display: 'flex',
            gap: 1.5,
            alignItems: 'center',
            flexShrink: 0,
          }}
        >
          <Elapsed step={step} />
          <StatusText health={health} idle={idle}>
            {word}
          </StatusText>
        </Box>
      </Box>
      <StepDetail step={step} titles={titles} />
      {step.progress && step.state === 'running' && (
        <StepProgressBar step={step} />
      )}
      {step.problem && (
        <Box
          sx={{
            mt: 1,
            pl: 1.5,
            borderLeft: 3,
            borderColor: 'error.main',
            fontSize: 14,
          }}
        >
          <div>{step.problem.message}</div>
          {step.problem.mend && (
            <Box sx={{ color: 'text.secondary' }}>{step.problem.mend}</Box>
          )}
        </Box>
      )}
      {(step.state === 'failed' || step.state === 'needs-attention') &&
        (onRetry || onSkip) && (
          <Box sx={{ mt: 1, display: 'flex', gap: 1 }}>
            {onRetry && (
              <Button
                size="small"
                variant="outlined"
                onClick={() => onRetry(step.id)}
              >
                Retry this step
              </Button>
            )}
            {onSkip && step.skippable !== false && (
              <Button size="small" onClick={() => onSkip(step.id)}>
                Skip with a reason…
              </Button>
            )}
          </Box>
        )}
    </Box>
  );
}

function Elapsed(props: { step: RunStep }) {
  const { step } = props;
  if (!step.startedAt) {
    return null;
  }
  const expected =
    step.expectedSeconds && !step.endedAt
      ? ` of about ${formatDuration(step.expectedSeconds * 1_000)}`
      : '';
  return (
    <Box component="span" sx={{ color: 'text.secondary', fontSize: 12 }}>
      <Duration from={step.startedAt} to={step.endedAt} />
      {expected}
    </Box>
  );
}

function StepDetail(props: { step: RunStep; titles: Map<string, string> }) {
  const { step, titles } = props;
  const words = detailOf(step, titles);
  return words ? (
    <Box sx={{ color: 'text.secondary', fontSize: 12 }}>{words}</Box>
  ) : null;
}

function detailOf(step: RunStep, titles: Map<string, string>): string {
  if (step.state === 'waiting' && step.waitingFor) {
    return step.waitingFor.title;
  }
  if (step.state === 'skipped' && step.skippedReason) {
    return `Skipped: ${step.skippedReason}`;
  }
  if (step.state === 'pending' && step.dependsOn.length > 0) {
    return `After ${step.dependsOn.map(id => titles.get(id) ?? id).join(', ')}`;
  }
  return '';
}

function StepProgressBar(props: { step: RunStep }) {
  const { done, total, unit } = props.step.progress!;
  const percent = total > 0 ? Math.min(100, (done / total) * 100) : 0;
  return (
    <Box sx={{ mt: 0.75 }}>
      <LinearProgress
        variant="determinate"
        value={percent}
        aria-label={`${props.step.title}: ${done} of ${formatCount(
          total,
          unit.replace(/s$/, ''),
          unit,
        )}`}
        sx={{ height: 4, borderRadius: 2 }}
      />
    </Box>
  );
}
