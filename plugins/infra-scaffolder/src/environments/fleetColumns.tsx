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
  SleepCell,
  StatusCell,
  TwoLines,
  VersionCell,
} from './FleetCells';
import { sleepWord, wordOfDrift } from './fleetWords';

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
      title: 'Name, stage',
      value: row => row.name,
      render: row => (
        <TwoLines
          width={220}
          title={
            row.status === 'failed' ? row.statusReason ?? row.name : row.name
          }
          main={
            <TextLink to={links.environment(row.name)}>{row.name}</TextLink>
          }
          below={
            row.status === 'failed' && row.statusReason
              ? row.statusReason
              : `${row.size} · ${row.blueprint.id}`
          }
        />
      ),
    },
    {
      id: 'status',
      title: 'Status',
      value: row => wordOfStatus(row.status).word,
      render: row => <StatusCell environment={row} />,
    },
    {
      id: 'system',
      title: 'System, owner',
      value: row => nameOfRef(row.system),
      render: row => (
        <TwoLines
          width={160}
          title={`${nameOfRef(row.system)}, of ${nameOfRef(row.owner)}`}
          main={<EntityLink entityRef={row.system} />}
          below={<EntityLink entityRef={row.owner} />}
        />
      ),
    },
    {
      id: 'owner',
      title: 'Owner',
      hidden: true,
      value: row => nameOfRef(row.owner),
      render: row => <EntityLink entityRef={row.owner} />,
    },
    { id: 'size', title: 'Stage', hidden: true, value: row => row.size },
    {
      id: 'region',
      title: 'Region',
      value: row => row.region,
      render: row => (
        <TwoLines
          width={110}
          title={row.accountId}
          main={row.region}
          below={accountName(row.accountId)}
        />
      ),
    },
    {
      id: 'account',
      title: 'Account',
      hidden: true,
      value: row => row.accountId,
      render: row => (
        <span title={row.accountId}>{accountName(row.accountId)}</span>
      ),
    },
    {
      id: 'sleep',
      title: 'Sleep',
      hidden: true,
      value: row => sleepWord(row),
      render: row => <SleepCell environment={row} />,
    },
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
