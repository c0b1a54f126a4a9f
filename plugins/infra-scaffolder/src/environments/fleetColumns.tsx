import type {
  FleetEnvironment,
  FleetSort,
} from '@slipway/plugin-infra-scaffolder-common';
import { Age, TextLink, type DataTableColumn } from '@slipway/ui';
import { EntityLink } from '../shared/EntityLink';
import type { Links } from '../shared/useLinks';
import { nameOfRef, wordOfStatus } from '../shared/words';
import {
  CostCell,
  DriftCell,
  ExpiryCell,
  StatusCell,
  VersionCell,
} from './FleetCells';
import { wordOfDrift } from './fleetWords';

/** A column of the fleet; its id is what the back end sorts by. */
export type FleetColumn = DataTableColumn<FleetEnvironment> & { id: FleetSort };

/** The columns of the fleet. `value` is what the CSV says. */
export function fleetColumns(
  links: Links,
  accountName: (accountId: string) => string,
): FleetColumn[] {
  return [
    {
      id: 'name',
      title: 'Name',
      value: row => row.name,
      render: row => (
        <TextLink to={links.environment(row.name)}>{row.name}</TextLink>
      ),
    },
    {
      id: 'status',
      title: 'Status',
      value: row => wordOfStatus(row.status).word,
      render: row => <StatusCell environment={row} />,
    },
    {
      id: 'owner',
      title: 'Owner',
      value: row => nameOfRef(row.owner),
      render: row => <EntityLink entityRef={row.owner} />,
    },
    {
      id: 'system',
      title: 'System',
      value: row => nameOfRef(row.system),
      render: row => <EntityLink entityRef={row.system} />,
    },
    { id: 'size', title: 'Stage', value: row => row.size },
    {
      id: 'account',
      title: 'Account',
      value: row => row.accountId,
      render: row => (
        <span title={row.accountId}>{accountName(row.accountId)}</span>
      ),
    },
    { id: 'region', title: 'Region', value: row => row.region },
    {
      id: 'expiry',
      title: 'Expires',
      value: row => row.expiresAt,
      render: row => <ExpiryCell environment={row} />,
    },
    {
      id: 'drift',
      title: 'Drift',
      value: row => wordOfDrift(row.drift?.state ?? 'unchecked').word,
      render: row => <DriftCell environment={row} />,
    },
    {
      id: 'version',
      title: 'Blueprint',
      value: row => `${row.blueprint.id} ${row.blueprint.version}`,
      render: row => <VersionCell environment={row} />,
    },
    {
      id: 'cost',
      title: 'A month',
      align: 'right',
      value: row => row.estimate && Number(row.estimate.monthlyUsd),
      render: row => <CostCell environment={row} />,
    },
    {
      id: 'requested',
      title: 'Requested',
      align: 'right',
      hidden: true,
      value: row => row.createdAt,
      render: row => <Age at={row.createdAt} />,
    },
  ];
}
