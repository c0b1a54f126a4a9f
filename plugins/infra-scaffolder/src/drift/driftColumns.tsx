import Box from '@mui/material/Box';
import type { JsonValue } from '@backstage/types';
import { Age, type DataTableColumn } from '@slipway/ui';
import type { ReactNode } from 'react';
import { CauseText } from './CauseText';
import type { DriftRow } from './driftRows';
import { callWords, formatValue } from './driftWords';

/** The columns of what drifted in one environment. */
export function driftColumns(
  action: (row: DriftRow) => ReactNode,
  isNarrow: boolean,
): Array<DataTableColumn<DriftRow>> {
  return [
    {
      id: 'resource',
      title: 'Resource',
      value: row => row.path,
      render: row => <ResourceCell row={row} />,
    },
    {
      id: 'property',
      title: 'Property',
      value: row => row.attribute?.path ?? 'the resource itself',
      render: row => (
        <Box component="span" sx={{ overflowWrap: 'anywhere' }}>
          {row.attribute?.path ?? 'the resource itself'}
        </Box>
      ),
    },
    {
      id: 'applied',
      title: 'Applied',
      value: row =>
        row.attribute ? formatValue(row.attribute.before) : 'there',
      render: row => (
        <Value
          value={row.attribute?.before}
          other={!row.attribute && 'there'}
        />
      ),
      filter: 'none',
    },
    {
      id: 'now',
      title: 'Now',
      value: row =>
        row.attribute ? formatValue(row.attribute.after) : 'deleted',
      render: row => (
        <Value
          value={row.attribute?.after}
          other={!row.attribute && 'deleted'}
          isNews
        />
      ),
      filter: 'none',
    },
    {
      id: 'cause',
      title: 'Changed by',
      value: row => callWords(row.cause) ?? 'not known',
      render: row => <CauseText cause={row.cause} />,
      hidden: isNarrow,
    },
    {
      id: 'since',
      title: 'Found',
      value: row => row.since,
      render: row => <Age at={row.since} />,
      filter: 'none',
      hidden: isNarrow,
    },
    {
      id: 'action',
      title: 'What to do',
      value: () => undefined,
      render: action,
      filter: 'none',
    },
  ];
}

function ResourceCell(props: { row: DriftRow }) {
  const { row } = props;
  return (
    <span title={row.physicalId}>
      <Box component="span" sx={{ overflowWrap: 'anywhere' }}>
        {row.path}
      </Box>
      <Box sx={{ color: 'text.secondary', fontSize: 12 }}>{row.type}</Box>
    </span>
  );
}

function Value(props: {
  value: JsonValue | undefined;
  other: string | false;
  isNews?: boolean;
}) {
  const text = props.other || formatValue(props.value);
  return (
    <Box
      component="span"
      title={text}
      sx={{
        fontFamily: 'monospace',
        overflowWrap: 'anywhere',
        display: '-webkit-box',
        WebkitLineClamp: 4,
        WebkitBoxOrient: 'vertical',
        overflow: 'hidden',
        ...(props.isNews && { color: 'warning.main', fontWeight: 600 }),
      }}
    >
      {text}
    </Box>
  );
}
