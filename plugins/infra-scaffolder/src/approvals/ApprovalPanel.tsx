import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Approval,
  ApprovalDecision,
  MayDecide,
  Plan,
} from '@slipway/plugin-infra-scaffolder-common';
import { ErrorState, Section, Time, useLoad } from '@slipway/ui';
import { useEffect, useState } from 'react';
import { infraApiRef } from '../api';
import { nameOfRef } from '../shared/words';
import { ApprovalState } from './ApprovalState';
import { DecisionDialog } from './DecisionDialog';
import { PlanSummary } from './PlanSummary';

const READ_EVERY_MS = 5_000;

/** Why a plan needs the approval of somebody else, how that stands, what the plan comes to, and for who may: the decision. */
export function ApprovalPanel(props: {
  runId: string;
  plan: Plan;
  /** Who began the run and who asked for the environment. */
  authors: string[];
  /** Changes when the approval may have. */
  stamp: string;
}) {
  const { runId, plan, stamp } = props;
  const api = useApi(infraApiRef);
  const [asks, setAsks] = useState<ApprovalDecision>();
  const { value, error, reload } = useLoad(
    () => api.getApproval(runId),
    [api, runId, plan.hash],
    { everyMs: READ_EVERY_MS },
  );
  useEffect(() => reload(), [stamp, reload]);
  if (!plan.approval) {
    return null;
  }
  if (!value) {
    return error ? (
      <ErrorState
        title="The approval could not be read"
        error={error}
        onRetry={reload}
      />
    ) : null;
  }
  const { approval, mayDecide } = value;
  const authors = approval?.authors ?? props.authors;
  return (
    <Section
      title="Approval"
      aside={
        <Box sx={{ fontSize: 12, color: 'text.secondary' }}>
          <Until plan={plan} approval={approval} />
        </Box>
      }
    >
      <Box sx={{ mb: 1.5 }}>
        <ApprovalState
          plan={plan}
          approval={approval}
          isMine={mayDecide.allowed}
        />
        <Box component="ul" sx={{ m: 0, mt: 0.5, pl: 2.5 }}>
          {plan.approval.reasons.map(reason => (
            <li key={reason}>{reason}</li>
          ))}
        </Box>
      </Box>
      <PlanSummary plan={plan} authors={[...new Set(authors)].map(nameOfRef)} />
      <Buttons approval={approval} mayDecide={mayDecide} onAsk={setAsks} />
      <DecisionDialog
        planId={plan.id}
        decision={asks}
        onClose={() => setAsks(undefined)}
        onDecide={async comment => {
          await api.decideOnPlan(runId, {
            decision: asks!,
            planHash: plan.hash,
            ...(comment && { comment }),
          });
          reload();
        }}
      />
    </Section>
  );
}

function Until(props: { plan: Plan; approval: Approval | null }) {
  const { plan, approval } = props;
  const isOpen =
    !approval || approval.state === 'waiting' || approval.state === 'approved';
  return isOpen && !approval?.usedAt ? (
    <>
      Lapses <Time at={plan.approval!.expiresAt} />
    </>
  ) : null;
}

function Buttons(props: {
  approval: Approval | null;
  mayDecide: MayDecide;
  onAsk: (decision: ApprovalDecision) => void;
}) {
  const { approval, mayDecide, onAsk } = props;
  const isRevocable = approval?.state === 'approved' && !approval.usedAt;
  if (approval?.state !== 'waiting' && !(isRevocable && mayDecide.allowed)) {
    return null;
  }
  const off = !mayDecide.allowed;
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        gap: 1,
        mt: 2,
      }}
    >
      {isRevocable ? (
        <Button
          variant="outlined"
          color="error"
          onClick={() => onAsk('revoke')}
        >
          Take the approval back…
        </Button>
      ) : (
        <>
          <Button
            variant="contained"
            disableElevation
            disabled={off}
            onClick={() => onAsk('approve')}
          >
            Approve…
          </Button>
          <Button
            variant="outlined"
            disabled={off}
            onClick={() => onAsk('reject')}
          >
            Reject…
          </Button>
        </>
      )}
      {off && (
        <Box component="span" sx={{ color: 'text.secondary' }}>
          {mayDecide.reason}
        </Box>
      )}
    </Box>
  );
}
