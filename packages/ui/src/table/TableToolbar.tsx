import DownloadIcon from '@mui/icons-material/Download';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { formatCount } from '../format/words';
import { ColumnsMenu } from './ColumnsMenu';
import type { TableState } from './tableState';
import type { DataTableColumn } from './types';

/** Search, filters, columns, CSV; and how many rows are shown. */
export function TableToolbar<T>(props: {
  name: string;
  columns: Array<DataTableColumn<T>>;
  shown: Array<DataTableColumn<T>>;
  rows: T[];
  shownCount: number;
  state: TableState;
  onChange: (change: Partial<TableState>) => void;
  onDownload: () => void;
  children?: React.ReactNode;
}) {
  const { name, columns, shown, rows, shownCount, state, onChange } = props;
  const filtered = shownCount !== rows.length;
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        gap: 1,
        alignItems: 'center',
        px: 2,
        py: 1,
      }}
    >
      <TextField
        size="small"
        value={state.search}
        placeholder={`Find ${name}`}
        inputProps={{ 'aria-label': `Find ${name}` }}
        onChange={event => onChange({ search: event.target.value })}
        sx={{ width: 200 }}
      />
      {columns
        .filter(
          column =>
            column.filter === 'choice' &&
            (shown.includes(column) || state.choices[column.id]),
        )
        .map(column => (
          <ChoiceFilter
            key={column.id}
            column={column}
            rows={rows}
            value={state.choices[column.id] ?? ''}
            onChange={value =>
              onChange({ choices: { ...state.choices, [column.id]: value } })
            }
          />
        ))}
      {props.children}
      <Box
        role="status"
        sx={{ color: 'text.secondary', fontSize: 12, ml: 'auto' }}
      >
        {filtered
          ? `${shownCount} of ${rows.length} ${name}`
          : formatCount(rows.length, singularOf(name), name)}
      </Box>
      <ColumnsMenu
        columns={columns}
        toggled={state.toggled}
        onChange={toggled => onChange({ toggled })}
      />
      <Button
        size="small"
        color="inherit"
        startIcon={<DownloadIcon />}
        onClick={props.onDownload}
      >
        CSV
      </Button>
    </Box>
  );
}

function singularOf(name: string): string {
  return name.endsWith('ies')
    ? `${name.slice(0, -3)}y`
    : name.replace(/s$/, '');
}

function ChoiceFilter<T>(props: {
  column: DataTableColumn<T>;
  rows: T[];
  value: string;
  onChange: (value: string) => void;
}) {
  const { column, rows, value, onChange } = props;
  const values = new Set(rows.map(row => String(column.value(row) ?? '')));
  if (value) {
    values.add(value);
  }
  if (values.size < 2 && !value) {
    return null;
  }
  return (
    <TextField
      select
      size="small"
      value={value}
      onChange={event => onChange(event.target.value)}
      SelectProps={{
        displayEmpty: true,
        inputProps: { 'aria-label': `Filter by ${column.title}` },
        renderValue: shown => `${column.title}: ${shown || 'all'}`,
      }}
      sx={{ maxWidth: 220 }}
    >
      <MenuItem value="">All</MenuItem>
      {[...values]
        .filter(Boolean)
        .sort()
        .map(choice => (
          <MenuItem key={choice} value={choice}>
            {choice}
          </MenuItem>
        ))}
    </TextField>
  );
}
