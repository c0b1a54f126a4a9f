import Box from '@mui/material/Box';
import type { FleetSort } from '@slipway/plugin-infra-scaffolder-common';
import {
  EmptyState,
  ErrorState,
  Section,
  ServerTable,
  StatusText,
  TextLink,
} from '@slipway/ui';
import { useMemo, useState } from 'react';
import { FleetCard } from '../environments/FleetCard';
import { fleetColumns } from '../environments/fleetColumns';
import { fleetSentence } from '../environments/fleetWords';
import { useFleet } from '../environments/useFleet';
import { useLinks } from '../shared/useLinks';

/** The environments of a system, with status and cost. */
export function SystemEnvironments(props: {
  /** Entity reference. */
  system: string;
  /** What it is called where there are none. */
  name: string;
  columns: FleetSort[];
}) {
  const { system, name, columns: ids } = props;
  const links = useLinks();
  const [sort, setSort] = useState<{ id: string; descending: boolean }>();
  const query = useMemo(
    () => ({
      where: { system: [system] },
      sort: sort?.id as FleetSort | undefined,
      descending: sort?.descending || undefined,
    }),
    [system, sort],
  );
  const fleet = useFleet(query, { everyMs: 10_000 });
  const columns = useMemo(
    () => fleetColumns(links, id => id).filter(({ id }) => ids.includes(id)),
    [links, ids],
  );
  const told =
    fleet.summary && fleet.summary.totals.environments > 0
      ? fleetSentence(fleet.summary.totals)
      : undefined;
  return (
    <Section
      title="Environments"
      flush
      aside={
        <TextLink to={`${links.list}?${new URLSearchParams({ system })}`}>
          All, with filters
        </TextLink>
      }
    >
      {told && (
        <Box sx={{ px: 2, pb: 1, fontSize: 14 }}>
          <StatusText health={told.health}>
            <Box component="span" sx={{ whiteSpace: 'normal' }}>
              {told.sentence}
            </Box>
          </StatusText>
        </Box>
      )}
      <ServerTable
        name="environments"
        columns={columns}
        rows={fleet.rows?.items ?? []}
        rowId={row => row.id}
        sort={sort}
        onSort={setSort}
        stale={fleet.stale}
        loading={!fleet.rows}
        hasMore={Boolean(fleet.rows?.nextCursor)}
        onMore={fleet.more}
        card={row => <FleetCard environment={row} />}
        maxHeight={480}
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
          <EmptyState
            title="No environments"
            why={`None that you may see belongs to ${name}.`}
            action={
              links.create && (
                <TextLink to={links.create}>Create environment</TextLink>
              )
            }
          />
        }
      />
    </Section>
  );
}
