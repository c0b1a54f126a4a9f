import { useApi } from '@backstage/frontend-plugin-api';
import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import type { Run } from '@slipway/plugin-runs-common';
import {
  DataTable,
  Duration,
  EmptyState,
  ErrorState,
  healthOfRun,
  Section,
  StatusText,
  TextLink,
  Time,
  useLoad,
  type DataTableColumn,
} from '@slipway/ui';
import { useMemo } from 'react';
import { infraApiRef } from '../api';
import { EntityLink } from '../shared/EntityLink';
import { useLinks } from '../shared/useLinks';
import { nameOfRef, wordsOfKind } from '../shared/words';

/** Every run of an environment, newest first, with the way to its plan and events. */
export function RunsTab(props: { environment: Environment }) {
  const { id, name } = props.environment;
  const api = useApi(infraApiRef);
  const links = useLinks();
  const { value, error, loading, reload } = useLoad(
    () => api.listRuns(id),
    [api, id],
    { everyMs: 5_000 },
  );
  const columns = useMemo(
    () => runColumns(runId => links.run(name, runId)),
    [links, name],
  );
  return (
    <Section title="Runs" flush>
      <DataTable
        name="runs"
        urlPrefix="runs"
        columns={columns}
        rows={value ?? []}
        rowId={row => row.id}
        loading={loading}
        detail={row =>
          row.problem &&
          [row.problem.message, row.problem.mend].filter(Boolean).join(' ')
        }
        error={
          error &&
          !value && (
            <ErrorState
              title="The runs could not be read"
              error={error}
              onRetry={reload}
            />
          )
        }
        empty={
          <EmptyState
            title="No runs"
            why="Each creation, change and destruction is listed here."
          />
        }
      />
    </Section>
  );
}

function runColumns(
  address: (runId: string) => string,
): Array<DataTableColumn<Run>> {
  return [
    {
      id: 'run',
      title: 'Run',
      value: row => wordsOfKind(row.kind).verb,
      render: row => (
        <TextLink to={address(row.id)}>{wordsOfKind(row.kind).verb}</TextLink>
      ),
    },
    {
      id: 'state',
      title: 'State',
      value: row => healthOfRun(row.state).word,
      render: row => (
        <StatusText health={healthOfRun(row.state).health}>
          {healthOfRun(row.state).word}
        </StatusText>
      ),
      filter: 'choice',
    },
    {
      id: 'by',
      title: 'By',
      value: row => nameOfRef(row.createdBy),
      render: row => <EntityLink entityRef={row.createdBy} />,
    },
    {
      id: 'at',
      title: 'Asked for',
      value: row => row.createdAt,
      render: row => <Time at={row.createdAt} />,
      filter: 'none',
    },
    {
      id: 'took',
      title: 'Took',
      align: 'right',
      value: row =>
        row.settledAt
          ? Date.parse(row.settledAt) - Date.parse(row.createdAt)
          : undefined,
      render: row => <Duration from={row.createdAt} to={row.settledAt} />,
      filter: 'none',
    },
    {
      id: 'events',
      title: 'Events',
      align: 'right',
      value: row => row.lastSequence,
      render: row => (
        <TextLink to={`${address(row.id)}?tab=events`}>
          {row.lastSequence}
        </TextLink>
      ),
      filter: 'none',
    },
  ];
}
