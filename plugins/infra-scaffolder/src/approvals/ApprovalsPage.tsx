import Paper from '@mui/material/Paper';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Approval,
  ApprovalState,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  Age,
  DataTable,
  EmptyState,
  ErrorState,
  formatCount,
  PageShell,
  TextLink,
  Time,
  useLoad,
  type DataTableColumn,
} from '@slipway/ui';
import { useMemo } from 'react';
import { infraApiRef } from '../api';
import { useLinks, type Links } from '../shared/useLinks';
import { nameOfRef } from '../shared/words';

const READ_EVERY_MS = 5_000;

const WORDS: Record<ApprovalState, string> = {
  waiting: 'Waiting',
  approved: 'Approved',
  rejected: 'Rejected',
  lapsed: 'Lapsed',
  withdrawn: 'Run ended',
  revoked: 'Taken back',
};

function columnsOf(links: Links): Array<DataTableColumn<Approval>> {
  return [
    {
      id: 'what',
      title: 'What',
      value: row => row.runTitle,
      render: row => (
        <TextLink to={links.run(row.environmentName, row.runId)}>
          {row.runTitle}
        </TextLink>
      ),
    },
    {
      id: 'state',
      title: 'State',
      value: row => WORDS[row.state],
      filter: 'choice',
    },
    { id: 'why', title: 'Why', value: row => row.reasons.join('. ') },
    {
      id: 'authors',
      title: 'Asked by',
      value: row => row.authors.map(nameOfRef).join(', '),
      filter: 'choice',
    },
    {
      id: 'asked',
      title: 'Asked',
      value: row => row.requestedAt,
      render: row => <Age at={row.requestedAt} />,
      filter: 'none',
    },
    {
      id: 'lapses',
      title: 'Lapses',
      value: row => row.expiresAt,
      render: row => <Time at={row.expiresAt} />,
      filter: 'none',
    },
    {
      id: 'decided',
      title: 'Decided by',
      value: row => (row.decidedBy ? nameOfRef(row.decidedBy) : ''),
    },
  ];
}

/** Plans that await a decision, and those that were decided on. */
export function ApprovalsPage() {
  const api = useApi(infraApiRef);
  const links = useLinks();
  const { value, error, loading, reload } = useLoad(
    () => api.listApprovals(),
    [api],
    { everyMs: READ_EVERY_MS },
  );
  const columns = useMemo(() => columnsOf(links), [links]);
  const rows = useMemo(
    () =>
      [...(value ?? [])].sort(
        (a, b) => Number(b.state === 'waiting') - Number(a.state === 'waiting'),
      ),
    [value],
  );
  return (
    <PageShell title="Approvals" status={statusOf(value, error)}>
      <Paper variant="outlined">
        <DataTable
          name="approvals"
          columns={columns}
          rows={rows}
          rowId={row => `${row.runId} ${row.planHash}`}
          loading={loading}
          error={
            error &&
            !value && (
              <ErrorState
                title="The approvals could not be read"
                error={error}
                onRetry={reload}
              />
            )
          }
          detail={row => row.comment}
          empty={
            <EmptyState
              title="Nothing awaits approval"
              why="Plans for production, costly ones and those that replace a database are listed here until somebody else than their author has decided."
            />
          }
        />
      </Paper>
    </PageShell>
  );
}

function statusOf(value: Approval[] | undefined, error: Error | undefined) {
  if (!value) {
    return {
      health: 'unknown' as const,
      sentence: error
        ? 'What awaits approval cannot be seen now.'
        : 'Reading the approvals…',
    };
  }
  const waiting = value.filter(({ state }) => state === 'waiting').length;
  return waiting > 0
    ? {
        health: 'attention' as const,
        sentence: `${formatCount(waiting, 'plan')} ${
          waiting === 1 ? 'awaits' : 'await'
        } approval.`,
      }
    : { health: 'healthy' as const, sentence: 'No plan awaits approval.' };
}
