import Box from '@mui/material/Box';
import { memo, useMemo } from 'react';
import { Duration } from '../../format';
import { CopyText, TextLink } from '../../page';
import { StatusText } from '../../status';
import { DataTable, type DataTableColumn } from '../../table';
import { healthOfResource, type ResourceProgress } from '../model';

const WORDS: Record<ResourceProgress['status'], string> = {
  pending: 'Pending',
  working: 'Working',
  done: 'Done',
  failed: 'Failed',
  deleted: 'Deleted',
  skipped: 'Kept',
};

const COLUMNS: Array<DataTableColumn<ResourceProgress>> = [
  {
    id: 'path',
    title: 'Resource',
    value: row => row.path,
    render: row => (
      <Box
        title={row.path}
        sx={{
          maxWidth: 250,
          overflow: 'hidden',
          textOverflow: 'ellipsis',
          whiteSpace: 'nowrap',
        }}
      >
        {row.path}
      </Box>
    ),
  },
  {
    id: 'type',
    title: 'Type',
    value: row => shortType(row.type),
    render: row => <span title={row.type}>{shortType(row.type)}</span>,
    filter: 'choice',
  },
  {
    id: 'status',
    title: 'Status',
    value: row => WORDS[row.status],
    render: row => (
      <StatusText
        health={healthOfResource(row.status)}
        idle={row.status === 'pending' || row.status === 'skipped'}
        title={row.awsStatus}
      >
        {WORDS[row.status]}
      </StatusText>
    ),
    filter: 'choice',
  },
  {
    id: 'elapsed',
    title: 'Elapsed',
    align: 'right',
    value: row =>
      row.startedAt && row.updatedAt
        ? Date.parse(row.updatedAt) - Date.parse(row.startedAt)
        : undefined,
    render: row =>
      row.startedAt ? (
        <Duration
          from={row.startedAt}
          to={row.status === 'working' ? undefined : row.updatedAt}
        />
      ) : null,
  },
  {
    id: 'awsStatus',
    title: 'AWS status',
    value: row => row.awsStatus,
    filter: 'choice',
    hidden: true,
  },
  {
    id: 'physicalId',
    title: 'Physical id',
    value: row => row.physicalId,
    render: row =>
      row.physicalId ? (
        <Box sx={{ maxWidth: 240 }}>
          <CopyText text={row.physicalId} name={`id of ${row.path}`} />
        </Box>
      ) : null,
  },
  {
    id: 'console',
    title: 'Console',
    value: row => row.consoleUrl,
    render: row =>
      row.consoleUrl ? <TextLink to={row.consoleUrl}>Open</TextLink> : null,
  },
];

/**
 * Resources with their states and elapsed times, changing in place: what failed first, then in the order in which they
 * started, those that have not at the end.
 *
 * @public
 */
export const ResourceTable = memo(Resources);

function Resources(props: {
  resources: ResourceProgress[];
  /** Apart from other tables' in the address. */
  urlPrefix?: string;
  /** Columns to leave out. */
  without?: string[];
  loading?: boolean;
  empty?: React.ReactNode;
}) {
  const { resources, urlPrefix = 'r', without, loading, empty } = props;
  const columns = useMemo(
    () => COLUMNS.filter(column => !without?.includes(column.id)),
    [without],
  );
  const rows = useMemo(() => [...resources].sort(byStart), [resources]);
  return (
    <DataTable
      name="resources"
      urlPrefix={urlPrefix}
      columns={columns}
      rows={rows}
      rowId={row => row.logicalId}
      loading={loading}
      empty={empty}
      detail={row =>
        row.reason ? `${row.awsStatus}: ${row.reason}` : undefined
      }
      alwaysOpen={row => row.status === 'failed'}
    />
  );
}

function byStart(a: ResourceProgress, b: ResourceProgress): number {
  return (
    Number(b.status === 'failed') - Number(a.status === 'failed') ||
    startOf(a) - startOf(b)
  );
}

function startOf({ startedAt }: ResourceProgress): number {
  return startedAt ? Date.parse(startedAt) : Number.MAX_SAFE_INTEGER;
}

function shortType(type: string): string {
  return type.replace(/^AWS::/, '').replace(/::/g, ' ');
}
