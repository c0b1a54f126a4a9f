import Paper from '@mui/material/Paper';
import type { Theme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useApi } from '@backstage/frontend-plugin-api';
import type { ListedApproval } from '@slipway/plugin-infra-scaffolder-common';
import {
  Age,
  DataTable,
  EmptyState,
  ErrorState,
  formatCount,
  joinWords,
  PageShell,
  StatusText,
  TextLink,
  Time,
  useLoad,
  type DataTableColumn,
} from '@slipway/ui';
import { useMemo } from 'react';
import { infraApiRef } from '../api';
import { useLinks, type Links } from '../shared/useLinks';
import { nameOfRef } from '../shared/words';
import { healthOfApproval, wordOf } from './words';

const READ_EVERY_MS = 5_000;

function columnsOf(
  links: Links,
  isNarrow: boolean,
): Array<DataTableColumn<ListedApproval>> {
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
      value: row => wordOf(row),
      render: row => (
        <StatusText health={healthOfApproval(row)}>{wordOf(row)}</StatusText>
      ),
      filter: 'choice',
    },
    {
      id: 'why',
      title: 'Why',
      value: row => row.reasons.join('. '),
      hidden: isNarrow,
    },
    {
      id: 'authors',
      title: 'Asked by',
      hidden: isNarrow,
      value: row => row.authors.map(nameOfRef).join(', '),
      filter: 'choice',
    },
    {
      id: 'asked',
      title: 'Asked',
      hidden: isNarrow,
      value: row => row.requestedAt,
      render: row => <Age at={row.requestedAt} />,
      filter: 'none',
    },
    {
      id: 'lapses',
      title: 'Lapses',
      hidden: isNarrow,
      value: row => row.expiresAt,
      render: row =>
        row.state === 'waiting' ? <Time at={row.expiresAt} /> : null,
      filter: 'none',
    },
    {
      id: 'decided',
      title: 'Decided by',
      hidden: isNarrow,
      value: row => decidersOf(row),
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
  const isNarrow = useMediaQuery<Theme>(theme => theme.breakpoints.down('sm'));
  const columns = useMemo(() => columnsOf(links, isNarrow), [links, isNarrow]);
  const rows = useMemo(
    () => [...(value ?? [])].sort((a, b) => urgencyOf(b) - urgencyOf(a)),
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
          detail={row => detailOf(row, isNarrow)}
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

/** Those that await the reader first, then those that await others, then the rest. */
function urgencyOf({ state, mayDecide }: ListedApproval): number {
  return state === 'waiting' ? 1 + Number(mayDecide) : 0;
}

function decidersOf({ decidedBy, revokedBy }: ListedApproval): string {
  return [decidedBy, revokedBy]
    .flatMap(ref => (ref ? [nameOfRef(ref)] : []))
    .join(', ');
}

/** What the columns at hand leave out. */
function detailOf(row: ListedApproval, isNarrow: boolean): string | undefined {
  const said = row.comment ? [row.comment] : [];
  const parts = isNarrow
    ? [
        ...row.reasons,
        `Asked by ${row.authors.map(nameOfRef).join(', ')}`,
        ...said,
      ]
    : said;
  return parts.length > 0 ? parts.join('. ') : undefined;
}

function statusOf(
  value: ListedApproval[] | undefined,
  error: Error | undefined,
) {
  if (!value) {
    return {
      health: 'unknown' as const,
      sentence: error
        ? 'What awaits approval cannot be seen now.'
        : 'Reading the approvals…',
    };
  }
  const waiting = value.filter(({ state }) => state === 'waiting');
  const mine = waiting.filter(({ mayDecide }) => mayDecide).length;
  const others = waiting.length - mine;
  const said = [
    ...(mine > 0 ? [`${plans(mine)} your decision`] : []),
    ...(others > 0 ? [`${plans(others)} the decision of somebody else`] : []),
  ];
  return said.length > 0
    ? { health: 'attention' as const, sentence: `${joinWords(said)}.` }
    : { health: 'healthy' as const, sentence: 'No plan awaits approval.' };
}

function plans(count: number): string {
  return `${formatCount(count, 'plan')} ${count === 1 ? 'awaits' : 'await'}`;
}
