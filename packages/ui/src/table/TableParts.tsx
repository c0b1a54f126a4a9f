import ArrowDownIcon from '@mui/icons-material/ArrowDownward';
import ArrowUpIcon from '@mui/icons-material/ArrowUpward';
import ChevronIcon from '@mui/icons-material/ChevronRight';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import IconButton from '@mui/material/IconButton';
import Skeleton from '@mui/material/Skeleton';
import { memo, type ReactNode } from 'react';
import type { TableState } from './tableState';
import type { DataTableColumn } from './types';

export const tableSx = {
  width: '100%',
  borderCollapse: 'separate',
  borderSpacing: 0,
  fontSize: 14,
  '& th': {
    position: 'sticky',
    top: 0,
    zIndex: 1,
    bgcolor: 'background.paper',
    textAlign: 'left',
    fontSize: 12,
    fontWeight: 600,
    color: 'text.secondary',
    whiteSpace: 'nowrap',
  },
  '& th, & td': {
    px: 2,
    py: 0.75,
    height: 24,
    verticalAlign: 'middle',
    borderBottom: 1,
    borderColor: 'divider',
  },
  '& tbody tr:hover td': { bgcolor: 'action.hover' },
} as const;

/** A heading that sorts: ascending, descending, as it came. */
export function HeaderCell<T>(props: {
  column: DataTableColumn<T>;
  sort: TableState['sort'];
  onSort: (sort: TableState['sort']) => void;
}) {
  const { column, sort, onSort } = props;
  const mine = sort?.id === column.id ? sort : undefined;
  const next = () => {
    if (!mine) {
      return { id: column.id, descending: false };
    }
    return mine.descending ? undefined : { id: column.id, descending: true };
  };
  const Arrow = mine?.descending ? ArrowDownIcon : ArrowUpIcon;
  return (
    <Box
      component="th"
      scope="col"
      aria-sort={ariaSort(mine)}
      sx={{ width: column.width }}
      style={{ textAlign: column.align }}
    >
      <ButtonBase
        onClick={() => onSort(next())}
        sx={{ font: 'inherit', color: 'inherit', borderRadius: 0.5 }}
      >
        {column.title}
        <Arrow
          sx={{
            fontSize: 14,
            ml: 0.5,
            visibility: mine ? 'visible' : 'hidden',
          }}
        />
      </ButtonBase>
    </Box>
  );
}

function ariaSort(sort: TableState['sort']) {
  if (!sort) {
    return 'none';
  }
  return sort.descending ? 'descending' : 'ascending';
}

/** One row and, where it is open, what more there is to it. Drawn again only when its own data change. */
export const TableRow = memo(PlainTableRow) as typeof PlainTableRow;

function PlainTableRow<T>(props: {
  id: string;
  row: T;
  columns: Array<DataTableColumn<T>>;
  openable: boolean;
  detail: ReactNode | undefined;
  open: boolean;
  onToggle: (id: string) => void;
}) {
  const { id, row, columns, openable, detail, open, onToggle } = props;
  const hasDetail = detail !== undefined && detail !== null;
  const name = String(columns[0]?.value(row) ?? id);
  return (
    <>
      <tr data-row={id}>
        {openable && (
          <td style={{ width: 36, padding: 0 }}>
            {hasDetail && (
              <IconButton
                size="small"
                aria-expanded={open}
                aria-label={`${open ? 'Close' : 'Open'} ${name}`}
                onClick={() => onToggle(id)}
                sx={{ ml: 1, p: 0.25 }}
              >
                <ChevronIcon
                  sx={{
                    fontSize: 18,
                    transform: open ? 'rotate(90deg)' : 'none',
                  }}
                />
              </IconButton>
            )}
          </td>
        )}
        {columns.map(column => (
          <td
            key={column.id}
            style={{
              textAlign: column.align,
              fontVariantNumeric: column.align && 'tabular-nums',
              maxWidth: 360,
              overflow: 'hidden',
              textOverflow: 'ellipsis',
            }}
          >
            {column.render ? column.render(row) : column.value(row)}
          </td>
        ))}
      </tr>
      {open && hasDetail && (
        <tr>
          <td colSpan={columns.length + 1}>
            <Box sx={{ pl: 3, py: 0.5, overflowWrap: 'anywhere' }}>
              {detail}
            </Box>
          </td>
        </tr>
      )}
    </>
  );
}

/** Rows of the size of what comes. */
export function SkeletonRows(props: { count: number; columns: number }) {
  return (
    <>
      {Array.from({ length: props.count }, (_, row) => (
        <tr key={row} aria-hidden>
          {Array.from({ length: props.columns }, (__, column) => (
            <td key={column}>
              <Skeleton variant="text" width="70%" />
            </td>
          ))}
        </tr>
      ))}
    </>
  );
}
