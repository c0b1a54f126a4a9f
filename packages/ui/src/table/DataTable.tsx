import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Fragment, useCallback, useMemo, useRef } from 'react';
import { EmptyState } from '../page/EmptyState';
import { downloadText, toCsv } from './csv';
import { HeaderCell, SkeletonRows, TableRow, tableSx } from './TableParts';
import { TableToolbar } from './TableToolbar';
import { useTableState } from './tableState';
import type { DataTableProps } from './types';
import { useRows, visibleColumns } from './useRows';

const ROW_PX = 37;
const VIRTUAL_BEYOND = 200;

/**
 * A table with a sticky heading, sorting, search and filters, a choice of columns and CSV; rows open in place; beyond
 * 200 rows only those in sight are drawn. What the reader does to it is in the address.
 *
 * @public
 */
export function DataTable<T>(props: DataTableProps<T>) {
  const { name, columns, rows: data, rowId, urlPrefix = 't', detail } = props;
  const { loading, error, empty, toolbar, maxHeight = 640 } = props;
  const [state, change] = useTableState(urlPrefix);
  const { toggled, open } = state;
  const shown = useMemo(
    () => visibleColumns(columns, toggled),
    [columns, toggled],
  );
  const toggle = useCallback(
    (id: string) =>
      change({
        open: open.includes(id)
          ? open.filter(other => other !== id)
          : [...open, id],
      }),
    [change, open],
  );
  const { rows } = useRows({ columns, rows: data, rowId, state });
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = rows.length > VIRTUAL_BEYOND;
  const virtualizer = useVirtualizer({
    count: virtual ? rows.length : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    initialRect: { width: 1000, height: maxHeight },
  });
  if (error) {
    return <Box sx={{ p: 2 }}>{error}</Box>;
  }
  if (!loading && data.length === 0) {
    return (
      <>
        {empty ?? (
          <EmptyState title={`No ${name}`} why="There is nothing to show." />
        )}
      </>
    );
  }

  const items = virtualizer.getVirtualItems();
  const drawn = virtual ? items.map(item => rows[item.index]) : rows;
  const before = virtual ? items[0]?.start ?? 0 : 0;
  const after = virtual
    ? virtualizer.getTotalSize() - (items[items.length - 1]?.end ?? 0)
    : 0;
  const download = () =>
    downloadText(
      `${name.replace(/\W+/g, '-')}.csv`,
      toCsv(
        shown.map(column => column.title),
        rows.map(row => shown.map(column => column.value(row.original))),
      ),
    );
  return (
    <Box>
      <TableToolbar
        name={name}
        columns={columns}
        shown={shown}
        rows={data}
        shownCount={rows.length}
        state={state}
        onChange={change}
        onDownload={download}
      >
        {toolbar}
      </TableToolbar>
      <Box
        ref={scroller}
        sx={{ maxHeight, overflow: 'auto' }}
        tabIndex={0}
        role="region"
        aria-label={name}
      >
        <Box component="table" sx={tableSx} aria-rowcount={rows.length + 1}>
          <thead>
            <tr>
              {detail && (
                <th style={{ width: 36, padding: 0 }} aria-label="Open" />
              )}
              {shown.map(column => (
                <HeaderCell
                  key={column.id}
                  column={column}
                  sort={state.sort}
                  onSort={sort => change({ sort })}
                />
              ))}
            </tr>
          </thead>
          <tbody>
            {loading && data.length === 0 && (
              <SkeletonRows
                count={6}
                columns={shown.length + (detail ? 1 : 0)}
              />
            )}
            {before > 0 && <Spacer height={before} />}
            {drawn.map(row => (
              <Fragment key={row.id}>
                <TableRow
                  id={row.id}
                  row={row.original}
                  columns={shown}
                  openable={Boolean(detail)}
                  detail={detail?.(row.original)}
                  open={
                    open.includes(row.id) ||
                    Boolean(props.alwaysOpen?.(row.original))
                  }
                  onToggle={toggle}
                />
              </Fragment>
            ))}
            {after > 0 && <Spacer height={after} />}
          </tbody>
        </Box>
      </Box>
      {!loading && rows.length === 0 && (
        <EmptyState
          title={`No ${name} match`}
          why="What was typed or chosen above leaves none."
          action={
            <Button
              variant="outlined"
              size="small"
              onClick={() => change({ search: '', choices: {} })}
            >
              Show all {data.length}
            </Button>
          }
        />
      )}
    </Box>
  );
}

function Spacer(props: { height: number }) {
  return (
    <tr aria-hidden>
      <td style={{ height: props.height, padding: 0, border: 0 }} />
    </tr>
  );
}
