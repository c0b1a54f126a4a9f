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
import { wordOfStatus } from '@slipway/plugin-infra-scaffolder';
import { EmptyState, Section, StatusText, TextLink } from '@slipway/ui';
import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import { isOf, type Home } from './loadHome';

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
                    environments={home.environments.filter(environment =>
                      isOf(environment, system),
                    )}
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

function SystemRow(props: {
  system: SystemEntity;
  environments: Environment[];
}) {
  const { system, environments } = props;
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
        {environments.length === 0 ? (
          <Box component="span" sx={{ color: 'text.secondary' }}>
            None yet
          </Box>
        ) : (
          environments.map(({ id, name, status }) => (
            <Box
              key={id}
              sx={{ display: 'flex', justifyContent: 'space-between', gap: 2 }}
            >
              <TextLink to={`/environments/${name}`}>{name}</TextLink>
              <StatusText health={wordOfStatus(status).health}>
                {wordOfStatus(status).word}
              </StatusText>
            </Box>
          ))
        )}
      </TableCell>
    </TableRow>
  );
}
