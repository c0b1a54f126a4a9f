import AddIcon from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import type { Theme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useApi } from '@backstage/frontend-plugin-api';
import type { FreezePeriod } from '@slipway/plugin-infra-scaffolder-common';
import {
  ConfirmDialog,
  DataTable,
  EmptyState,
  ErrorState,
  PageShell,
  Time,
  useLoad,
  useNow,
  type DataTableColumn,
} from '@slipway/ui';
import { useMemo, useState } from 'react';
import { infraApiRef } from '../api';
import { nameOfRef } from '../shared/words';
import { FreezeDialog } from './FreezeDialog';

function scopeWords({ scope }: FreezePeriod): string {
  const parts = [
    ...scope.accountIds.map(id => `account ${id}`),
    ...scope.sizes.map(size => `size ${size}`),
    ...scope.systems.map(nameOfRef),
  ];
  return parts.length > 0 ? parts.join(', ') : 'Everything';
}

function byOf({ isConfigured, createdBy }: FreezePeriod): string {
  return isConfigured ? 'Configuration' : nameOfRef(createdBy);
}

interface Deeds {
  onChange: (period: FreezePeriod) => void;
  onRemove: (period: FreezePeriod) => void;
}

function columnsOf(
  deeds: Deeds | undefined,
  isNarrow: boolean,
): Array<DataTableColumn<FreezePeriod>> {
  return [
    { id: 'title', title: 'Title', value: row => row.title },
    {
      id: 'from',
      title: 'From',
      hidden: isNarrow,
      value: row => row.from,
      render: row => <Time at={row.from} />,
      filter: 'none',
    },
    {
      id: 'until',
      title: 'Until',
      value: row => row.until,
      render: row => <Time at={row.until} />,
      filter: 'none',
    },
    { id: 'scope', title: 'Covers', value: scopeWords, hidden: isNarrow },
    {
      id: 'by',
      title: 'By',
      hidden: isNarrow,
      value: byOf,
      filter: 'choice',
    },
    ...(deeds && !isNarrow ? [actionsColumn(deeds)] : []),
  ];
}

function actionsColumn(deeds: Deeds): DataTableColumn<FreezePeriod> {
  return {
    id: 'actions',
    title: 'Actions',
    value: () => '',
    filter: 'none',
    render: row => <Actions row={row} deeds={deeds} />,
  };
}

function Actions(props: { row: FreezePeriod; deeds: Deeds }) {
  const { row, deeds } = props;
  return row.isConfigured ? null : (
    <Box sx={{ display: 'flex' }}>
      <Button
        size="small"
        aria-label={`Change ${row.title}`}
        onClick={() => deeds.onChange(row)}
      >
        Change…
      </Button>
      <Button
        size="small"
        color="error"
        aria-label={`Remove ${row.title}`}
        onClick={() => deeds.onRemove(row)}
      >
        Remove…
      </Button>
    </Box>
  );
}

/** What has no column where there is little room. */
function Detail(props: { row: FreezePeriod; deeds: Deeds | undefined }) {
  const { row, deeds } = props;
  return (
    <>
      From <Time at={row.from} />. Covers: {scopeWords(row)}. By {byOf(row)}.
      {deeds && <Actions row={row} deeds={deeds} />}
    </>
  );
}

/** The calendar of change freezes: those in force and those to come. */
export function FreezesPage() {
  const api = useApi(infraApiRef);
  const now = useNow({ enabled: true });
  const { value, error, loading, reload } = useLoad(
    () => api.listFreezes(),
    [api],
  );
  const [isAdding, setAdding] = useState(false);
  const [changing, setChanging] = useState<FreezePeriod>();
  const [removing, setRemoving] = useState<FreezePeriod>();
  const mayManage = value?.mayManage === true;
  const isNarrow = useMediaQuery<Theme>(theme => theme.breakpoints.down('sm'));
  const deeds = useMemo(
    () =>
      mayManage ? { onChange: setChanging, onRemove: setRemoving } : undefined,
    [mayManage],
  );
  const columns = useMemo(() => columnsOf(deeds, isNarrow), [deeds, isNarrow]);
  const add = mayManage && (
    <Button
      variant="contained"
      disableElevation
      startIcon={<AddIcon />}
      onClick={() => setAdding(true)}
    >
      Add a freeze
    </Button>
  );
  return (
    <PageShell
      title="Change freezes"
      status={statusOf(value?.items, error, now)}
      actions={add}
    >
      <Paper variant="outlined">
        <DataTable
          name="freezes"
          columns={columns}
          rows={value?.items ?? []}
          rowId={row => row.id}
          detail={row =>
            isNarrow ? <Detail row={row} deeds={deeds} /> : undefined
          }
          loading={loading}
          error={
            error &&
            !value && (
              <ErrorState
                title="The change freezes could not be read"
                error={error}
                onRetry={reload}
              />
            )
          }
          empty={
            <EmptyState
              title="No change freezes"
              why="While one holds, nothing is applied to what it covers. Those in force and those to come are listed here."
              action={add}
            />
          }
        />
      </Paper>
      <FreezeDialog
        open={isAdding || changing !== undefined}
        period={changing}
        onClose={() => {
          setAdding(false);
          setChanging(undefined);
        }}
        onSave={async period => {
          await (changing
            ? api.updateFreeze(changing.id, period)
            : api.createFreeze(period));
          reload();
        }}
      />
      <ConfirmDialog
        open={removing !== undefined}
        danger
        title={`Remove “${removing?.title ?? ''}”?`}
        verb="Remove this freeze"
        onClose={() => setRemoving(undefined)}
        onConfirm={async () => {
          if (removing) {
            await api.removeFreeze(removing.id);
            reload();
          }
        }}
      >
        What it keeps from being applied may be applied at once.
      </ConfirmDialog>
    </PageShell>
  );
}

function statusOf(
  periods: FreezePeriod[] | undefined,
  error: Error | undefined,
  nowMs: number,
) {
  if (!periods) {
    return {
      health: 'unknown' as const,
      sentence: error
        ? 'Whether a change freeze holds cannot be seen now.'
        : 'Reading the change freezes…',
    };
  }
  const inForce = periods.filter(
    ({ from, until }) => Date.parse(from) <= nowMs && nowMs < Date.parse(until),
  );
  return inForce.length > 0
    ? {
        health: 'attention' as const,
        sentence: `In force: ${inForce.map(({ title }) => title).join(', ')}.`,
      }
    : { health: 'healthy' as const, sentence: 'No change freeze is in force.' };
}
