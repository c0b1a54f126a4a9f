import Box from '@mui/material/Box';
import type {
  FleetGroup,
  FleetGroupBy,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  DataTable,
  TextLink,
  formatMoney,
  type DataTableColumn,
} from '@slipway/ui';
import { useMemo } from 'react';
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
  const columns = useMemo(() => groupColumns(groupBy, state), [groupBy, state]);
  return (
    <DataTable
      name="groups"
      urlPrefix="g"
      columns={columns}
      rows={groups}
      rowId={row => row.value}
    />
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
