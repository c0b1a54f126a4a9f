import Box from '@mui/material/Box';
import {
  fleetQueryString,
  type FleetQuery,
  type FleetSort,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  EmptyState,
  ErrorState,
  Section,
  ServerTable,
  StatusText,
  TextLink,
} from '@slipway/ui';
import { useMemo, useState } from 'react';
import { FleetCard } from './FleetCard';
import { fleetColumns } from './fleetColumns';
import { fleetSentence } from './fleetWords';
import { useFleet } from './useFleet';
import { useLinks } from '../shared/useLinks';

/** Environments that match, as a part of another page: a sentence, a table, and the way to the whole fleet. @public */
export function EnvironmentsSection(props: {
  title: string;
  /** As {@link FleetQuery.where}. */
  where: NonNullable<FleetQuery['where']>;
  columns: FleetSort[];
  /** Said where there are none. */
  whyEmpty: string;
}) {
  const { title, where, columns: ids, whyEmpty } = props;
  const links = useLinks();
  const [sort, setSort] = useState<{ id: string; descending: boolean }>();
  const query = useMemo(
    () => ({
      where,
      sort: sort?.id as FleetSort | undefined,
      descending: sort?.descending || undefined,
    }),
    [where, sort],
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
      title={title}
      flush
      aside={
        <TextLink to={`${links.list}?${fleetQueryString({ where })}`}>
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
        compact
        rowHeight={48}
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
            why={whyEmpty}
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
