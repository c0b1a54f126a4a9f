import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Activity,
  Environment,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  DataTable,
  EmptyState,
  ErrorState,
  Section,
  TextLink,
  Time,
  useLoad,
  type DataTableColumn,
} from '@slipway/ui';
import { useMemo } from 'react';
import { infraApiRef } from '../api';
import { EntityLink } from '../shared/EntityLink';
import { useLinks } from '../shared/useLinks';
import { nameOfRef } from '../shared/words';

/** Who did what when to an environment, or in one of its runs. */
export function ActivityTab(props: {
  environment: Environment;
  /** Only what belongs to this run. */
  runId?: string;
}) {
  const { environment, runId } = props;
  const api = useApi(infraApiRef);
  const links = useLinks();
  const { value, error, loading, reload } = useLoad(
    () => api.listActivity(environment.id),
    [api, environment.id],
    { everyMs: 5_000 },
  );
  const rows = useMemo(
    () => value?.filter(line => !runId || line.runId === runId) ?? [],
    [value, runId],
  );
  const columns = useMemo(
    () => activityColumns(id => links.run(environment.name, id), !runId),
    [links, environment.name, runId],
  );
  return (
    <Section title={runId ? 'Who did what' : 'Activity'} flush>
      <DataTable
        name="activities"
        urlPrefix="activity"
        columns={columns}
        rows={rows}
        rowId={row => `${row.at} ${row.action} ${row.message}`}
        loading={loading}
        error={
          error &&
          !value && (
            <ErrorState
              title="The activity could not be read"
              error={error}
              onRetry={reload}
            />
          )
        }
        empty={
          <EmptyState
            title="Nobody did anything yet"
            why="Requests, confirmations, cancellations and freezes are listed here with who did them and when."
          />
        }
      />
    </Section>
  );
}

function activityColumns(
  address: (runId: string) => string,
  withRun: boolean,
): Array<DataTableColumn<Activity>> {
  const columns: Array<DataTableColumn<Activity>> = [
    {
      id: 'at',
      title: 'When',
      value: row => row.at,
      render: row => <Time at={row.at} />,
      filter: 'none',
    },
    {
      id: 'actor',
      title: 'Who',
      value: row => nameOfRef(row.actor),
      render: row => <EntityLink entityRef={row.actor} />,
      filter: 'choice',
    },
    { id: 'message', title: 'What', value: row => row.message },
    { id: 'action', title: 'Action', value: row => row.action, hidden: true },
  ];
  return withRun
    ? [
        ...columns,
        {
          id: 'run',
          title: 'Run',
          value: row => row.runId,
          render: row =>
            row.runId ? (
              <TextLink to={address(row.runId)}>Open</TextLink>
            ) : null,
          filter: 'none',
        },
      ]
    : columns;
}
