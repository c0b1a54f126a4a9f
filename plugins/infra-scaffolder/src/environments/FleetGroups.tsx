import Box from '@mui/material/Box';
import type {
  FleetGroup,
  FleetGroupBy,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  ServerTable,
  TextLink,
  formatMoney,
  type DataTableColumn,
} from '@slipway/ui';
import { useMemo, useState } from 'react';
import type { FleetState } from './fleetState';
import { writeFleetState } from './fleetState';
import { FACET_TITLES, labelOfFacet } from './fleetWords';

/** The fleet put together by one facet; each group leads to its environments. */
export function FleetGroups(props: {
  groupBy: FleetGroupBy;
  groups: FleetGroup[];
  state: FleetState;
}) {
  const { groupBy, groups, state } = props;
  const [sort, setSort] = useState<{ id: string; descending: boolean }>();
  const columns = useMemo(() => groupColumns(groupBy, state), [groupBy, state]);
  const rows = useMemo(() => {
    const column = columns.find(({ id }) => id === sort?.id);
    return column && sort
      ? [...groups].sort(
          (a, b) =>
            compare(column.value(a), column.value(b)) *
            (sort.descending ? -1 : 1),
        )
      : groups;
  }, [columns, groups, sort]);
  return (
    <ServerTable
      name="groups"
      columns={columns}
      rows={rows}
      rowId={row => row.value}
      sort={sort}
      onSort={setSort}
      card={row => <GroupCard columns={columns} group={row} />}
    />
  );
}

function compare(a: string | number = '', b: string | number = ''): number {
  return typeof a === 'number' && typeof b === 'number'
    ? a - b
    : String(a).localeCompare(String(b), 'en-US');
}

/** A group on a narrow page. */
function GroupCard(props: {
  columns: Array<DataTableColumn<FleetGroup>>;
  group: FleetGroup;
}) {
  const [name, ...figures] = props.columns;
  return (
    <Box sx={{ display: 'grid', gap: 0.5, fontSize: 14 }}>
      <Box sx={{ fontWeight: 600 }}>{name.render!(props.group)}</Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2 }}>
        {figures
          .filter(column => column.value(props.group) !== 0)
          .map(column => (
            <span key={column.id}>
              {column.title}: {column.render!(props.group)}
            </span>
          ))}
      </Box>
    </Box>
  );
}

function groupColumns(
  groupBy: FleetGroupBy,
  state: FleetState,
): Array<DataTableColumn<FleetGroup>> {
  const number = (
    id: string,
    title: string,
    value: (row: FleetGroup) => number,
  ): DataTableColumn<FleetGroup> => ({
    id,
    title,
    align: 'right',
    filter: 'none',
    value,
    render: row =>
      value(row) === 0 ? (
        <Box component="span" sx={{ color: 'text.secondary' }}>
          0
        </Box>
      ) : (
        value(row).toLocaleString('en-US')
      ),
  });
  return [
    {
      id: 'value',
      title: FACET_TITLES[groupBy],
      value: row => labelOfFacet(groupBy, row.value),
      render: row => (
        <TextLink
          to={`?${writeFleetState({
            ...state,
            groupBy: undefined,
            where: { ...state.where, [groupBy]: [row.value] },
          })}`}
        >
          {labelOfFacet(groupBy, row.value)}
        </TextLink>
      ),
    },
    number('environments', 'Environments', row => row.environments),
    number('failed', 'Failed', row => row.failed),
    number('drifted', 'Drifted', row => row.drifted),
    number('expiring', 'Ending in 3 days', row => row.expiring),
    number('outdated', 'Older blueprint', row => row.outdated),
    {
      id: 'cost',
      title: 'A month',
      align: 'right',
      filter: 'none',
      value: row => Number(row.monthlyUsd),
      render: row => (
        <span
          title={
            row.unpriced > 0
              ? `${row.unpriced} without an estimate are not in it`
              : undefined
          }
        >
          {row.unpriced === row.environments
            ? 'unknown'
            : formatMoney(Number(row.monthlyUsd))}
        </span>
      ),
    },
  ];
}
