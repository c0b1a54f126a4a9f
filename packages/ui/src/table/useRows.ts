import {
  createColumnHelper,
  getCoreRowModel,
  getFilteredRowModel,
  getSortedRowModel,
  useReactTable,
  type FilterFn,
  type Row,
  type Table,
} from '@tanstack/react-table';
import { useMemo } from 'react';
import type { TableState } from './tableState';
import type { DataTableColumn } from './types';

const equals: FilterFn<unknown> = (row, id, wanted) =>
  String(row.getValue(id) ?? '') === wanted;

const includes: FilterFn<unknown> = (row, id, wanted) =>
  String(row.getValue(id) ?? '')
    .toLowerCase()
    .includes(String(wanted).toLowerCase());

/** Rows as the reader filtered and sorted them; without a sort they stay in the order given. */
export function useRows<T>(options: {
  columns: Array<DataTableColumn<T>>;
  rows: T[];
  rowId: (row: T) => string;
  state: TableState;
}): { table: Table<T>; rows: Array<Row<T>> } {
  const { columns, rows, rowId, state } = options;
  const defined = useMemo(() => {
    const helper = createColumnHelper<T>();
    return columns.map(column =>
      helper.accessor(column.value, {
        id: column.id,
        header: column.title,
        sortUndefined: 'last',
        sortingFn: column.align === 'right' ? 'basic' : 'alphanumeric',
        filterFn: equals as FilterFn<T>,
        enableGlobalFilter: column.filter !== 'none',
      }),
    );
  }, [columns]);
  const { sort, choices, search } = state;
  const filters = useMemo(
    () =>
      Object.entries(choices)
        .filter(([id]) => columns.some(column => column.id === id))
        .map(([id, value]) => ({ id, value })),
    [choices, columns],
  );
  const sorting = useMemo(
    () => (sort ? [{ id: sort.id, desc: sort.descending }] : []),
    [sort],
  );
  const table = useReactTable<T>({
    data: rows,
    columns: defined,
    getRowId: rowId,
    getCoreRowModel: getCoreRowModel(),
    getFilteredRowModel: getFilteredRowModel(),
    getSortedRowModel: getSortedRowModel(),
    globalFilterFn: includes as FilterFn<T>,
    getColumnCanGlobalFilter: () => true,
    state: {
      globalFilter: search,
      sorting,
      columnFilters: filters,
    },
    // There are no pages to go back from: going back would draw the table again, and that again, without end.
    autoResetAll: false,
  });
  return { table, rows: table.getRowModel().rows };
}

/** Which columns are shown: those not hidden, but for those that the reader turned round. */
export function visibleColumns<T>(
  columns: Array<DataTableColumn<T>>,
  toggled: string[],
): Array<DataTableColumn<T>> {
  return columns.filter(
    column => Boolean(column.hidden) === toggled.includes(column.id),
  );
}
