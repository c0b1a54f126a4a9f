import {
  stringifyEntityRef,
  type SystemEntity,
} from '@backstage/catalog-model';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import {
  EmptyState,
  formatCount,
  formatMoney,
  Section,
  StatusText,
  TextLink,
  type Health,
} from '@slipway/ui';
import type { FleetGroup } from '@slipway/plugin-infra-scaffolder-common';
import { groupOf, type Home } from './loadHome';

/** Systems as rows, each with its environments; skeletons of the same size until they are known. */
export function SystemsTable(props: { home: Home | undefined }) {
  const { home } = props;
  return (
    <Section
      flush
      title={home?.scope === 'all' ? 'Systems' : 'Your systems'}
      aside={<TextLink to="/catalog?filters[kind]=system">Catalog</TextLink>}
    >
      {home?.systems.length === 0 ? (
        <EmptyState
          title="No systems yet"
          why="A system is described by a catalog-info.yaml in its repository, and owned by a group."
        />
      ) : (
        <Table
          size="small"
          sx={{
            '& th, & td': { px: 2, verticalAlign: 'top' },
            '& tbody tr:last-of-type td': { borderBottom: 0 },
          }}
        >
          <TableHead>
            <TableRow>
              <TableCell>System</TableCell>
              <TableCell>Owner</TableCell>
              <TableCell>Environments</TableCell>
            </TableRow>
          </TableHead>
          <TableBody>
            {home
              ? home.systems.map(system => (
                  <SystemRow
                    key={stringifyEntityRef(system)}
                    system={system}
                    group={groupOf(home, system)}
                  />
                ))
              : [0, 1].map(row => (
                  <TableRow key={row}>
                    <TableCell colSpan={3}>
                      <Skeleton height={40} />
                    </TableCell>
                  </TableRow>
                ))}
          </TableBody>
        </Table>
      )}
    </Section>
  );
}

function SystemRow(props: { system: SystemEntity; group?: FleetGroup }) {
  const { system, group } = props;
  return (
    <TableRow>
      <TableCell>
        <EntityRefLink entityRef={system} />
        <Box sx={{ color: 'text.secondary', fontSize: 12 }}>
          {system.metadata.description}
        </Box>
      </TableCell>
      <TableCell>
        <EntityRefLink entityRef={system.spec.owner} defaultKind="group" />
      </TableCell>
      <TableCell>
        {group ? (
          <Environments system={system} group={group} />
        ) : (
          <Box component="span" sx={{ color: 'text.secondary' }}>
            None yet
          </Box>
        )}
      </TableCell>
    </TableRow>
  );
}

function Environments(props: { system: SystemEntity; group: FleetGroup }) {
  const { system, group } = props;
  const { health, words } = stateOf(group);
  return (
    <Box sx={{ display: 'grid', gap: 0.25 }}>
      <TextLink
        to={`/environments?${new URLSearchParams({
          system: stringifyEntityRef(system),
        })}`}
      >
        {formatCount(group.environments, 'environment')}
      </TextLink>
      <StatusText health={health}>{words}</StatusText>
      {group.unpriced < group.environments && (
        <Box component="span" sx={{ color: 'text.secondary', fontSize: 12 }}>
          {formatMoney(Number(group.monthlyUsd))} a month
        </Box>
      )}
    </Box>
  );
}

function stateOf(group: FleetGroup): { health: Health; words: string } {
  if (group.failed > 0) {
    return { health: 'failing', words: `${group.failed} failed` };
  }
  if (group.working > 0) {
    return { health: 'working', words: `${group.working} at work` };
  }
  if (group.drifted > 0) {
    return { health: 'attention', words: `${group.drifted} drifted` };
  }
  return { health: 'healthy', words: 'All ready' };
}
