import Box from '@mui/material/Box';
import { Age, type DataTableColumn } from '@slipway/ui';
import { Fragment, type ReactNode } from 'react';
import { CauseText } from './CauseText';
import type { DriftRow } from './driftRows';
import { callWords, formatValue } from './driftWords';

/** Characters of a value that a row shows. */
const MOST_SHOWN = 160;

/** The columns of what drifted in one environment. */
export function driftColumns(
  action: (row: DriftRow) => ReactNode,
  isNarrow: boolean,
): Array<DataTableColumn<DriftRow>> {
  if (isNarrow) {
    return [
      {
        id: 'finding',
        title: 'What drifted',
        value: row => `${row.path} ${row.attribute?.path ?? 'deleted'}`,
        render: row => <Finding row={row} action={action(row)} />,
      },
    ];
  }
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
        <Box sx={{ overflowWrap: 'break-word', maxWidth: 220 }}>
          {brokenAtDots(row.attribute?.path ?? 'the resource itself')}
        </Box>
      ),
    },
    {
      id: 'change',
      title: 'Applied → now',
      value: row =>
        row.attribute
          ? `${formatValue(row.attribute.before)} → ${formatValue(
              row.attribute.after,
            )}`
          : 'there → deleted',
      render: row => <Change row={row} />,
      filter: 'none',
    },
    {
      id: 'cause',
      title: 'Changed by',
      value: row => callWords(row.cause) ?? 'not known',
      render: row => <CauseText cause={row.cause} />,
    },
    {
      id: 'since',
      title: 'Found',
      value: row => row.since,
      render: row => <Age at={row.since} />,
      filter: 'none',
      hidden: true,
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

/** All that is known of it below each other, for a narrow screen. */
function Finding(props: { row: DriftRow; action: ReactNode }) {
  const { row, action } = props;
  const { attribute } = row;
  return (
    <Box sx={{ display: 'grid', gap: 0.5, py: 0.5, justifyItems: 'start' }}>
      <ResourceCell row={row} />
      {attribute ? (
        <Box sx={{ overflowWrap: 'anywhere' }}>
          {attribute.path}: {formatValue(attribute.before)} →{' '}
          <Box component="span" sx={{ color: 'warning.main', fontWeight: 600 }}>
            {formatValue(attribute.after)}
          </Box>
        </Box>
      ) : (
        <Box sx={{ color: 'warning.main', fontWeight: 600 }}>deleted</Box>
      )}
      <CauseText cause={row.cause} />
      {action}
    </Box>
  );
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

function Change(props: { row: DriftRow }) {
  const { attribute } = props.row;
  return (
    <Box sx={{ maxWidth: 280, overflowWrap: 'break-word' }}>
      <Value text={attribute ? formatValue(attribute.before) : 'there'} /> →{' '}
      <Value
        text={attribute ? formatValue(attribute.after) : 'deleted'}
        isNews
      />
    </Box>
  );
}

/** Long ones are cut; the whole is its title. */
function Value(props: { text: string; isNews?: boolean }) {
  const { text, isNews } = props;
  return (
    <Box
      component="span"
      title={text}
      sx={{
        fontFamily: 'monospace',
        ...(isNews && { color: 'warning.main', fontWeight: 600 }),
      }}
    >
      {text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text}
    </Box>
  );
}

/** A path that breaks between its parts. */
function brokenAtDots(path: string) {
  return path.split('.').map((part, index) => (
    <Fragment key={`${index} ${part}`}>
      {index > 0 && (
        <>
          .<wbr />
        </>
      )}
      {part}
    </Fragment>
  ));
}
