import Box from '@mui/material/Box';
import type { CostPart } from '@slipway/plugin-infra-scaffolder-common';
import { DataTable, formatMoney, type DataTableColumn } from '@slipway/ui';
import type { CostRow } from './costModel';

const RESOURCE: DataTableColumn<CostRow> = {
  id: 'resource',
  title: 'Resource',
  value: row => row.line.path,
  render: row => (
    <>
      <Box sx={{ minWidth: 150, overflowWrap: 'anywhere' }}>
        {row.line.path}
      </Box>
      <Box sx={{ color: 'text.secondary', fontSize: 12 }}>{row.line.title}</Box>
    </>
  ),
};

const DETAILS: Array<DataTableColumn<CostRow>> = [
  {
    id: 'type',
    title: 'Type',
    value: row => row.line.type,
    filter: 'choice',
    hidden: true,
  },
  {
    id: 'part',
    title: 'Part',
    value: row => row.group,
    filter: 'choice',
    hidden: true,
  },
];

function amount(
  id: string,
  title: string,
  cents: (row: CostRow) => number,
  words = formatMoney,
): DataTableColumn<CostRow> {
  return {
    id,
    title,
    align: 'right',
    value: row => cents(row) / 100,
    render: row => words(cents(row) / 100),
    filter: 'none',
  };
}

const MONTHLY = amount('monthly', 'A month', row => row.afterCents);

const COLUMNS = [RESOURCE, MONTHLY, ...DETAILS];

const CHANGE_COLUMNS = [
  RESOURCE,
  amount('before', 'Now', row => row.beforeCents),
  MONTHLY,
  amount(
    'difference',
    'Difference',
    row => row.afterCents - row.beforeCents,
    usd => (usd === 0 ? '–' : `${usd > 0 ? '+' : ''}${formatMoney(usd)}`),
  ),
  ...DETAILS,
];

/** Each resource that is paid for; a row opens to quantities and unit prices. */
export function CostTable(props: { rows: CostRow[] }) {
  const { rows } = props;
  const isChange = rows.some(({ beforeCents }) => beforeCents > 0);
  return (
    <DataTable
      name="priced resources"
      urlPrefix="cost"
      columns={isChange ? CHANGE_COLUMNS : COLUMNS}
      rows={rows}
      rowId={row => row.line.logicalId}
      detail={row =>
        row.line.parts.length > 0 ? (
          <Parts parts={row.line.parts} />
        ) : (
          'It is deleted and costs nothing any more.'
        )
      }
    />
  );
}

/** Enough digits for the price of one request. */
const UNIT_PRICE = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  maximumFractionDigits: 12,
});

function Parts(props: { parts: CostPart[] }) {
  return (
    <Box
      component="table"
      sx={{ fontSize: 12, borderSpacing: 0, '&& td': { border: 0, py: 0.25 } }}
    >
      <tbody>
        {props.parts.map(part => (
          <tr key={`${part.title} ${part.unit} ${part.quantity}`}>
            <td>{part.title}</td>
            <Box component="td" sx={{ fontVariantNumeric: 'tabular-nums' }}>
              {Number(part.quantity).toLocaleString('en-US')} {part.unit} ×{' '}
              {UNIT_PRICE.format(Number(part.unitPriceUsd))}
            </Box>
            <Box
              component="td"
              sx={{ fontVariantNumeric: 'tabular-nums', textAlign: 'right' }}
            >
              {formatMoney(Number(part.monthlyUsd))}
            </Box>
          </tr>
        ))}
      </tbody>
    </Box>
  );
}
