import Alert, { type AlertColor } from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { useApi } from '@backstage/frontend-plugin-api';
import type { Approval, Plan } from '@slipway/plugin-infra-scaffolder-common';
import { ConfirmDialog, Time, useLoad } from '@slipway/ui';
import { useEffect, useState } from 'react';
import { infraApiRef } from '../api';
import { nameOfRef } from '../shared/words';

const READ_EVERY_MS = 5_000;

const SEVERITIES: Record<Approval['state'], AlertColor> = {
  waiting: 'warning',
  approved: 'success',
  rejected: 'error',
  lapsed: 'warning',
  withdrawn: 'info',
  revoked: 'error',
};

/** Why a plan needs the approval of somebody else, how that stands, and for who may: the decision. */
export function ApprovalPanel(props: {
  runId: string;
  plan: Plan;
  /** Changes when the approval may have. */
  stamp: string;
}) {
  const { runId, plan, stamp } = props;
  const api = useApi(infraApiRef);
  const [asks, setAsks] = useState<'approve' | 'reject'>();
  const { value, reload } = useLoad(
    () => api.getApproval(runId),
    [api, runId, plan.hash],
    { everyMs: READ_EVERY_MS },
  );
  useEffect(() => reload(), [stamp, reload]);
  if (!value || !plan.approval) {
    return null;
  }
  const { approval, mayDecide } = value;
  const decide = async (decision: 'approve' | 'reject', comment?: string) => {
    await api.decideOnPlan(runId, {
      decision,
      planHash: plan.hash,
      ...(comment && { comment }),
    });
    reload();
  };
  return (
    <>
      <Alert
        severity={approval ? SEVERITIES[approval.state] : 'info'}
        variant="outlined"
        action={
          approval?.state === 'waiting' && (
            <Stack direction="row" spacing={1}>
              <span title={mayDecide.reason}>
                <Button
                  size="small"
                  disabled={!mayDecide.allowed}
                  onClick={() => setAsks('reject')}
                >
                  Reject
                </Button>
              </span>
              <span title={mayDecide.reason}>
                <Button
                  size="small"
                  variant="contained"
                  disableElevation
                  disabled={!mayDecide.allowed}
                  onClick={() => setAsks('approve')}
                >
                  Approve
                </Button>
              </span>
            </Stack>
          )
        }
      >
        <State plan={plan} approval={approval} />{' '}
        {plan.approval.reasons.map(reason => `${reason}.`).join(' ')}
        {approval?.state === 'waiting' && mayDecide.reason && (
          <> {mayDecide.reason}</>
        )}
      </Alert>
      <ConfirmDialog
        open={asks === 'approve'}
        title={`Approve plan ${plan.id}?`}
        verb="Approve this plan"
        onClose={() => setAsks(undefined)}
        onConfirm={() => decide('approve')}
      >
        It is applied at once, exactly as it is shown here.
      </ConfirmDialog>
      <ConfirmDialog
        open={asks === 'reject'}
        danger
        title={`Reject plan ${plan.id}?`}
        verb="Reject this plan"
        reason={{
          label: 'Why',
          placeholder: 'What would have to be different',
        }}
        onClose={() => setAsks(undefined)}
        onConfirm={({ reason }) => decide('reject', reason)}
      >
        Its run ends, and nothing is changed in AWS. Who asked for it is told
        why.
      </ConfirmDialog>
    </>
  );
}

function State(props: { plan: Plan; approval: Approval | null }) {
  const { plan, approval } = props;
  const by = approval?.decidedBy ? nameOfRef(approval.decidedBy) : '';
  const said = approval?.comment ? `: ${approval.comment}` : '';
  switch (approval?.state) {
    case 'waiting':
      return (
        <>
          Awaits the approval of somebody else, until{' '}
          <Time at={approval.expiresAt} />.
        </>
      );
    case 'approved':
      return (
        <>
          {`Approved by ${by}${said},`} <Time at={approval.decidedAt!} />.
        </>
      );
    case 'rejected':
      return (
        <>
          {`Rejected by ${by}${said},`} <Time at={approval.decidedAt!} />.
        </>
      );
    case 'lapsed':
      return (
        <>
          Nobody decided until <Time at={approval.expiresAt} />; the plan has
          lapsed.
        </>
      );
    case 'withdrawn':
      return <>The run ended before anybody decided.</>;
    default:
      return (
        <>
          {`Once plan ${plan.id} is confirmed, somebody else has to approve it.`}
        </>
      );
  }
}
