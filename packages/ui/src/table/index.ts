export { DataTable } from './DataTable';
export type { DataTableColumn, DataTableProps } from './types';
export { toCsv } from './csv';
export { readTableState, writeTableState, type TableState } from './tableState';
