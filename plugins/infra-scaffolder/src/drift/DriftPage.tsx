import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import type { Theme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  DriftGroup,
  FleetDrift,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  Age,
  DataTable,
  EmptyState,
  ErrorState,
  formatCount,
  PageShell,
  TextLink,
  useLoad,
  type DataTableColumn,
} from '@slipway/ui';
import { useMemo } from 'react';
import { driftApiRef } from '../api';
import { useLinks, type Links } from '../shared/useLinks';
import { nameOfRef } from '../shared/words';
import { formatValue } from './driftWords';
import { byEnvironment, extentOfGroup, titleOfGroup } from './groupRows';

const READ_EVERY_MS = 10_000;

/** What drifted in all environments that the person may see, grouped by how it came about. */
export function DriftPage() {
  const api = useApi(driftApiRef);
  const links = useLinks();
  const isNarrow = useMediaQuery<Theme>(theme => theme.breakpoints.down('sm'));
  const { value, error, loading, reload } = useLoad(
    () => api.fleetDrift(),
    [api],
    { everyMs: READ_EVERY_MS },
  );
  const columns = useMemo(() => columnsOf(isNarrow), [isNarrow]);
  return (
    <PageShell
      title="Drift"
      above={<TextLink to={links.list}>Environments</TextLink>}
      status={statusOf(value, error)}
    >
      <Paper variant="outlined">
        <DataTable
          name="causes"
          columns={columns}
          rows={value?.groups ?? []}
          rowId={group => group.id}
          loading={loading && !value}
          detail={group => <Members group={group} links={links} />}
          alwaysOpen={() => (value?.groups.length ?? 0) <= 3}
          error={
            error &&
            !value && (
              <ErrorState
                title="The drift could not be read"
                error={error}
                onRetry={reload}
              />
            )
          }
          empty={
            <EmptyState
              title="Nothing is known to have drifted"
              why="What somebody changes in AWS outside the portal is grouped here by who did it with which call. Environments are checked on schedule; each one’s page checks it at once."
            />
          }
        />
      </Paper>
    </PageShell>
  );
}

function columnsOf(isNarrow: boolean): Array<DataTableColumn<DriftGroup>> {
  return [
    {
      id: 'cause',
      title: 'Cause',
      value: titleOfGroup,
      render: group => <Cause group={group} />,
    },
    {
      id: 'known',
      title: 'Known by',
      value: group => (group.kind === 'call' ? 'CloudTrail' : 'nobody'),
      filter: 'choice',
      hidden: isNarrow,
    },
    { id: 'extent', title: 'What', value: extentOfGroup, filter: 'none' },
    {
      id: 'first',
      title: 'First',
      value: group => group.firstAt,
      render: group => <Age at={group.firstAt} />,
      filter: 'none',
      hidden: isNarrow,
    },
    {
      id: 'last',
      title: 'Last',
      value: group => group.lastAt,
      render: group => <Age at={group.lastAt} />,
      filter: 'none',
      hidden: isNarrow,
    },
  ];
}

function Cause(props: { group: DriftGroup }) {
  const { call } = props.group;
  return (
    <Box component="span" sx={{ overflowWrap: 'anywhere' }}>
      {titleOfGroup(props.group)}
      <Box sx={{ color: 'text.secondary', fontSize: 12 }}>
        {call ? call.service : 'Nobody knows by whom.'}
      </Box>
    </Box>
  );
}

function Members(props: { group: DriftGroup; links: Links }) {
  const { group, links } = props;
  return (
    <Box sx={{ display: 'grid', gap: 1, fontSize: 14, py: 0.5 }}>
      {byEnvironment(group).map(([name, members]) => (
        <Box key={name}>
          <TextLink to={`${links.environment(name)}?tab=drift`}>
            {name}
          </TextLink>{' '}
          <Box component="span" sx={{ color: 'text.secondary' }}>
            of {nameOfRef(members[0].environment.owner)}
          </Box>
          <Box component="ul" sx={{ m: 0, pl: 2.5, overflowWrap: 'anywhere' }}>
            {members.map(({ logicalId, path, attribute }) => (
              <li key={`${logicalId} ${attribute?.path}`}>
                {path}
                {attribute
                  ? `: ${attribute.path} ${formatValue(
                      attribute.before,
                    )} → ${formatValue(attribute.after)}`
                  : ' was deleted'}
              </li>
            ))}
          </Box>
        </Box>
      ))}
    </Box>
  );
}

function statusOf(value: FleetDrift | undefined, error: Error | undefined) {
  if (!value) {
    return {
      health: 'unknown' as const,
      sentence: error
        ? 'What drifted cannot be seen now.'
        : 'Reading what drifted…',
    };
  }
  const { drifted, in_sync: inSync, unknown, unchecked } = value.counts;
  const notKnown = unknown + unchecked;
  const rest = [
    ...(inSync > 0 ? [`${inSync} in sync`] : []),
    ...(notKnown > 0 ? [`${notKnown} not known`] : []),
  ].join(', ');
  const tail = rest && ` (${rest})`;
  if (drifted > 0) {
    return {
      health: 'attention' as const,
      sentence: `${formatCount(
        drifted,
        'environment',
      )} drifted by ${formatCount(value.groups.length, 'cause')}${tail}.`,
    };
  }
  return inSync > 0
    ? { health: 'healthy' as const, sentence: `Nothing drifted${tail}.` }
    : {
        health: 'unknown' as const,
        sentence: `Nothing has been checked yet${tail}.`,
      };
}
