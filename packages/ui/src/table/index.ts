export { ColumnsMenu } from './ColumnsMenu';
export { DataTable } from './DataTable';
export { FacetFilter, type FacetChoice } from './FacetFilter';
export { ServerTable, type ServerTableProps } from './ServerTable';
export type { DataTableColumn, DataTableProps } from './types';
export { downloadText, toCsv } from './csv';
export { visibleColumns } from './useRows';
export { readTableState, writeTableState, type TableState } from './tableState';
