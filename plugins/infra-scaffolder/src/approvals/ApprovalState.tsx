import Box from '@mui/material/Box';
import type { Approval, Plan } from '@slipway/plugin-infra-scaffolder-common';
import { StatusIcon, Time } from '@slipway/ui';
import { nameOfRef } from '../shared/words';
import { healthOfApproval } from './words';

/** In one sentence, how the approval of a plan stands. */
export function ApprovalState(props: {
  plan: Plan;
  approval: Approval | null;
  /** The decision is the reader's. */
  isMine: boolean;
}) {
  const { approval } = props;
  return (
    <Box sx={{ display: 'flex', gap: 1, alignItems: 'flex-start' }}>
      <Box sx={{ display: 'flex', height: 20, alignItems: 'center' }}>
        <StatusIcon
          health={approval ? healthOfApproval(approval) : 'unknown'}
        />
      </Box>
      <Box component="span" sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>
        <Sentence {...props} />
      </Box>
    </Box>
  );
}

function Sentence(props: {
  plan: Plan;
  approval: Approval | null;
  isMine: boolean;
}) {
  const { plan, approval, isMine } = props;
  const said = approval?.comment
    ? `: ${approval.comment.replace(/\.$/, '')}`
    : '';
  const deed = (
    word: string,
    by: string | undefined,
    at: string | undefined,
  ) => (
    <>
      {`${word} by ${nameOfRef(by ?? '')}`}
      {at && (
        <>
          , <Time at={at} />
        </>
      )}
      {said}.
    </>
  );
  switch (approval?.state) {
    case 'waiting':
      return isMine ? (
        <>Awaits your decision.</>
      ) : (
        <>Awaits the approval of somebody else.</>
      );
    case 'approved':
      return deed('Approved', approval.decidedBy, approval.decidedAt);
    case 'rejected':
      return deed('Rejected', approval.decidedBy, approval.decidedAt);
    case 'revoked':
      return deed(
        'Approval taken back',
        approval.revokedBy,
        approval.revokedAt,
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
