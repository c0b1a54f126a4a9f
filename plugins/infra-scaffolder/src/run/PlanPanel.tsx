import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import {
  denyingFindings,
  type Plan,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  CopyText,
  EmptyState,
  formatCount,
  PlanDiff,
  Section,
  Time,
} from '@slipway/ui';
import type { ReactNode } from 'react';
import { CostHeadline } from '../estimate/CostHeadline';
import { OPERATION_WORDS } from '../shared/words';
import { PlanImpact } from './PlanImpact';

/** The buttons that decide on a plan. */
export interface PlanDecision {
  onConfirm: () => void;
  onDiscard: () => void;
  busy: boolean;
  /** Why the person may not. */
  denied?: string;
}

/** What a run is about to do, or did; while it waits, the buttons that decide. */
export function PlanPanel(props: {
  name: string;
  plan: Plan | null | undefined;
  /** The run may still make one. */
  pending: boolean;
  decision?: PlanDecision;
  /** What the policies say of it. */
  findings?: ReactNode;
}) {
  const { name, plan, pending, decision, findings } = props;
  if (!plan) {
    return pending ? (
      <Section title="Plan">
        <Box aria-busy="true">
          <p style={{ marginTop: 0 }}>
            The plan is being made. Nothing is changed in AWS for it.
          </p>
          {Array.from({ length: 8 }, (_, row) => (
            <Skeleton key={row} height={36} />
          ))}
        </Box>
      </Section>
    ) : (
      <EmptyState
        title="No plan was made"
        why="The run ended before it had one. Its events say why."
      />
    );
  }
  return (
    <Section
      title="Plan"
      flush
      aside={
        <Box sx={{ fontSize: 12, color: 'text.secondary' }}>
          <CopyText text={plan.hash} shown={plan.id} name="plan hash" /> made{' '}
          <Time at={plan.createdAt} />
        </Box>
      }
    >
      {plan.warnings.length > 0 && (
        <Box sx={{ px: 2, pb: 1.5, display: 'grid', gap: 1 }}>
          {plan.warnings.map(warning => (
            <Alert key={warning} severity="warning" variant="outlined">
              {warning}
            </Alert>
          ))}
        </Box>
      )}
      {plan.estimate && <CostHeadline estimate={plan.estimate} />}
      {findings}
      {plan.operation === 'update' && <PlanImpact changes={plan.changes} />}
      {decision && <Decision name={name} plan={plan} {...decision} />}
      <PlanDiff changes={plan.changes} />
    </Section>
  );
}

function Decision(props: PlanDecision & { name: string; plan: Plan }) {
  const { name, plan, onConfirm, onDiscard, busy, denied } = props;
  const count = plan.changes.filter(
    change => change.action !== 'unchanged',
  ).length;
  const { verb } = OPERATION_WORDS[plan.operation];
  const isDenied = denyingFindings(plan.findings).length > 0;
  const whyNot =
    denied ??
    (isDenied
      ? 'A policy keeps the plan from being applied: mend it, or have it exempted.'
      : undefined);
  return (
    <Box sx={{ px: 2, pb: 2, display: 'flex', gap: 1, flexWrap: 'wrap' }}>
      <span title={whyNot}>
        <Button
          variant="contained"
          disableElevation
          color={plan.operation === 'destroy' ? 'error' : 'primary'}
          disabled={busy || Boolean(whyNot)}
          onClick={onConfirm}
        >
          {verb} {name} ({formatCount(count, 'resource')})
        </Button>
      </span>
      <span title={denied}>
        <Button
          variant="outlined"
          disabled={busy || Boolean(denied)}
          onClick={onDiscard}
        >
          Discard plan
        </Button>
      </span>
    </Box>
  );
}
