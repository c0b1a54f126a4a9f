import type { ReactNode } from 'react';

/** One column of a {@link DataTable}. @public */
export interface DataTableColumn<T> {
  id: string;
  title: string;
  /** What is sorted, filtered and exported; numbers in the unit that the title names. */
  value: (row: T) => string | number | undefined;
  /** How it looks, where that is not the value itself. */
  render?: (row: T) => ReactNode;
  align?: 'left' | 'right';
  /** CSS width. */
  width?: string;
  /** `choice` offers the values there are; `none` leaves it out of the search too. */
  filter?: 'text' | 'choice' | 'none';
  /** Until the reader chooses it. */
  hidden?: boolean;
}

/** @public */
export interface DataTableProps<T> {
  /** What the rows are, as a plural noun: `environments`. */
  name: string;
  columns: Array<DataTableColumn<T>>;
  rows: T[];
  rowId: (row: T) => string;
  /** Keeps this table's state apart from others' in the address. */
  urlPrefix?: string;
  /** Nothing has been read yet: shows rows of the size of what comes. */
  loading?: boolean;
  /** Shown in place of the rows. */
  error?: ReactNode;
  /** Shown where there are no rows at all. */
  empty?: ReactNode;
  /** Makes rows open in place; nothing for a row that has no more to tell. */
  detail?: (row: T) => ReactNode | undefined;
  /** Rows whose detail is shown unasked. */
  alwaysOpen?: (row: T) => boolean;
  /** Controls at the left of the table's own. */
  toolbar?: ReactNode;
  /** In pixels; longer tables scroll under their heading. */
  maxHeight?: number;
}
