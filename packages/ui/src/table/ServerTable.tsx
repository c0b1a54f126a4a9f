import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useCallback,
  useEffect,
  useRef,
  useState,
  type ReactNode,
} from 'react';
import { HeaderCell, SkeletonRows, TableRow, tableSx } from './TableParts';
import type { TableState } from './tableState';
import type { DataTableColumn } from './types';

const ROW_PX = 37;
const compactSx = {
  ...tableSx,
  '& th, & td': { ...tableSx['& th, & td'], px: 1, whiteSpace: 'nowrap' },
  '& th:first-of-type, & td:first-of-type': { pl: 2 },
  '& th:last-of-type, & td:last-of-type': { pr: 2 },
} as const;
const CARD_PX = 132;
const VIRTUAL_BEYOND = 30;
/** How near the end more is asked for, in rows. */
const NEAR = 20;

/** @public */
export interface ServerTableProps<T> {
  /** What the rows are, as a plural noun: `environments`. */
  name: string;
  /** Those shown. */
  columns: Array<DataTableColumn<T>>;
  rows: T[];
  rowId: (row: T) => string;
  sort?: TableState['sort'];
  onSort: (sort: TableState['sort']) => void;
  /** Rows of another question are still shown, because the answer is on its way. */
  stale?: boolean;
  /** Nothing has been read yet: shows rows of the size of what comes. */
  loading?: boolean;
  /** Shown in place of the rows. */
  error?: ReactNode;
  /** Shown where there are no rows. */
  empty?: ReactNode;
  hasMore?: boolean;
  /** Called when the reader comes near the end. */
  onMore?: () => void;
  /** Makes rows open in place; nothing for a row that has no more to tell. */
  detail?: (row: T) => ReactNode | undefined;
  /** What a row is on a narrow page; without it the table scrolls sideways. */
  card?: (row: T) => ReactNode;
  /** In pixels, of a row that is closed; 37 unless told. */
  rowHeight?: number;
  /** Cells closer together, none of them in two lines by itself. */
  compact?: boolean;
  /** In pixels; longer tables scroll under their heading. */
  maxHeight?: number;
}

/**
 * A table whose rows the back end filters, sorts and gives out in parts: only those in sight are drawn, more are asked
 * for on the way down, and on a narrow page each row is a card.
 *
 * @public
 */
export function ServerTable<T>(props: ServerTableProps<T>) {
  const { name, columns, rows, rowId, detail, card, loading, error } = props;
  const { hasMore, onMore, maxHeight = 640, rowHeight = ROW_PX } = props;
  const narrow = useMediaQuery('(max-width: 599.95px)') && Boolean(card);
  const [open, setOpen] = useState<string[]>([]);
  const toggle = useCallback(
    (id: string) =>
      setOpen(old =>
        old.includes(id) ? old.filter(other => other !== id) : [...old, id],
      ),
    [],
  );
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = rows.length > VIRTUAL_BEYOND;
  const virtualizer = useVirtualizer({
    count: virtual ? rows.length : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => (narrow ? CARD_PX : rowHeight),
    overscan: 6,
    initialRect: { width: 1000, height: maxHeight },
  });
  const items = virtualizer.getVirtualItems();
  const lastDrawn = items[items.length - 1]?.index ?? 0;
  useEffect(() => {
    if (virtual && hasMore && !props.stale && lastDrawn > rows.length - NEAR) {
      onMore?.();
    }
  }, [virtual, hasMore, props.stale, lastDrawn, rows.length, onMore]);

  if (error) {
    return <Box sx={{ p: 2 }}>{error}</Box>;
  }
  if (!loading && rows.length === 0) {
    return <>{props.empty}</>;
  }
  const drawn = virtual ? items.map(item => rows[item.index]) : rows;
  const before = virtual ? items[0]?.start ?? 0 : 0;
  const after = virtual
    ? virtualizer.getTotalSize() - (items[items.length - 1]?.end ?? 0)
    : 0;
  const body = narrow ? (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {before > 0 && <li aria-hidden style={{ height: before }} />}
      {drawn.map(row => (
        <Box
          component="li"
          key={rowId(row)}
          sx={{ px: 2, py: 1.5, borderTop: 1, borderColor: 'divider' }}
        >
          {card!(row)}
        </Box>
      ))}
      {after > 0 && <li aria-hidden style={{ height: after }} />}
    </Box>
  ) : (
    <Box
      component="table"
      sx={props.compact ? compactSx : tableSx}
      aria-rowcount={rows.length + 1}
    >
      <thead>
        <tr>
          {detail && <th style={{ width: 36, padding: 0 }} aria-label="Open" />}
          {columns.map(column => (
            <HeaderCell
              key={column.id}
              column={column}
              sort={props.sort}
              onSort={props.onSort}
            />
          ))}
        </tr>
      </thead>
      <tbody>
        {loading && rows.length === 0 && (
          <SkeletonRows
            count={12}
            columns={columns.length + (detail ? 1 : 0)}
          />
        )}
        {before > 0 && <Spacer height={before} />}
        {drawn.map(row => (
          <TableRow
            key={rowId(row)}
            id={rowId(row)}
            row={row}
            columns={columns}
            openable={Boolean(detail)}
            detail={detail?.(row)}
            open={open.includes(rowId(row))}
            onToggle={toggle}
          />
        ))}
        {after > 0 && <Spacer height={after} />}
      </tbody>
    </Box>
  );
  return (
    <>
      <Box
        ref={scroller}
        tabIndex={0}
        role="region"
        aria-label={name}
        aria-busy={Boolean(props.stale || loading)}
        sx={{
          maxHeight,
          overflow: 'auto',
          transition: 'opacity 120ms 150ms',
          opacity: props.stale ? 0.55 : 1,
        }}
      >
        {body}
      </Box>
      {hasMore && !virtual && (
        <Box sx={{ p: 1, textAlign: 'center' }}>
          <Button size="small" onClick={onMore}>
            Show more {name}
          </Button>
        </Box>
      )}
    </>
  );
}

function Spacer(props: { height: number }) {
  return (
    <tr aria-hidden>
      <td style={{ height: props.height, padding: 0, border: 0 }} />
    </tr>
  );
}
