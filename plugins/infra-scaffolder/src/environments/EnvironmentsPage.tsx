import AddIcon from '@mui/icons-material/Add';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import { useApi } from '@backstage/frontend-plugin-api';
import type { FleetSort } from '@slipway/plugin-infra-scaffolder-common';
import {
  EmptyState,
  ErrorState,
  PageShell,
  ServerTable,
  useLoad,
  visibleColumns,
} from '@slipway/ui';
import { useCallback, useMemo, useState } from 'react';
import { Link } from 'react-router-dom';
import { fleetApiRef, infraApiRef } from '../api';
import { useLinks } from '../shared/useLinks';
import { downloadFleet } from './downloadFleet';
import { FleetCard } from './FleetCard';
import { fleetColumns } from './fleetColumns';
import { FleetGroups } from './FleetGroups';
import { fleetQueryOf, useFleetState } from './fleetState';
import { FleetToolbar } from './FleetToolbar';
import { fleetSentence } from './fleetWords';
import { useFleet, type Fleet } from './useFleet';

const READ_EVERY_MS = 5_000;

/** All environments that the person may see: filtered, sorted, grouped and summed up by the back end. */
export function EnvironmentsPage() {
  const api = useApi(infraApiRef);
  const fleetApi = useApi(fleetApiRef);
  const links = useLinks();
  const [state, change] = useFleetState();
  const [failure, setFailure] = useState<Error>();
  const query = useMemo(() => fleetQueryOf(state), [state]);
  const fleet = useFleet(query, {
    groupBy: state.groupBy,
    everyMs: READ_EVERY_MS,
  });
  const { value: targets } = useLoad(() => api.listTargets(), [api]);
  const accountName = useCallback(
    (accountId: string) =>
      targets?.find(target => target.accountId === accountId)?.name ??
      accountId,
    [targets],
  );
  const columns = useMemo(
    () => fleetColumns(links, accountName),
    [links, accountName],
  );
  const shown = useMemo(
    () => visibleColumns(columns, state.toggled) as typeof columns,
    [columns, state.toggled],
  );
  const narrowed = Object.keys(state.where).length > 0 || state.search !== '';
  const create = links.create && (
    <Button
      component={Link}
      to={links.create}
      variant="contained"
      disableElevation
      startIcon={<AddIcon />}
    >
      Create environment
    </Button>
  );
  const groups = state.groupBy && fleet.summary?.groups;
  return (
    <PageShell title="Environments" status={statusOf(fleet)} actions={create}>
      <Paper variant="outlined">
        <FleetToolbar
          state={state}
          onChange={change}
          summary={fleet.summary}
          columns={columns}
          accountName={accountName}
          onDownload={() =>
            downloadFleet(fleetApi, query, shown).then(
              () => setFailure(undefined),
              setFailure,
            )
          }
        />
        {failure && (
          <ErrorState title="The CSV could not be made" error={failure} />
        )}
        {groups && groups.length > 0 ? (
          <FleetGroups groupBy={state.groupBy!} groups={groups} state={state} />
        ) : (
          <ServerTable
            name="environments"
            compact
            rowHeight={48}
            columns={shown}
            rows={fleet.rows?.items ?? []}
            rowId={row => row.id}
            sort={state.sort}
            onSort={sort =>
              change({ sort: sort && { ...sort, id: sort.id as FleetSort } })
            }
            stale={fleet.stale}
            loading={!fleet.rows}
            hasMore={Boolean(fleet.rows?.nextCursor)}
            onMore={fleet.more}
            card={row => <FleetCard environment={row} />}
            error={
              fleet.error &&
              !fleet.rows && (
                <ErrorState
                  title="The environments could not be read"
                  error={fleet.error}
                  onRetry={fleet.reload}
                />
              )
            }
            empty={
              narrowed ? (
                <EmptyState
                  title="No environments match"
                  why="What was typed or chosen above leaves none."
                  action={
                    <Button
                      variant="outlined"
                      size="small"
                      onClick={() => change({ where: {}, search: '' })}
                    >
                      Clear filters
                    </Button>
                  }
                />
              ) : (
                <EmptyState
                  title="No environments yet"
                  why="An environment is a system’s infrastructure in one AWS account and region. Those of your teams are listed here."
                  action={create}
                />
              )
            }
          />
        )}
      </Paper>
    </PageShell>
  );
}

function statusOf({ summary, rows, error }: Fleet) {
  if (error) {
    return {
      health: 'unknown' as const,
      sentence:
        summary && rows
          ? `${
              fleetSentence(summary.totals).sentence
            } That is old: the back end does not answer.`
          : 'How the environments are cannot be seen now.',
    };
  }
  return summary
    ? fleetSentence(summary.totals)
    : { health: 'unknown' as const, sentence: 'Reading the environments…' };
}
