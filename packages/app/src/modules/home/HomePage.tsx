import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { usePermission } from '@backstage/plugin-permission-react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import {
  EnvironmentsSection,
  fleetApiRef,
  infraApiRef,
} from '@slipway/plugin-infra-scaffolder';
import {
  infraEnvironmentCreatePermission,
  type FleetSort,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  Column,
  Columns,
  ErrorState,
  PageShell,
  useLoad,
  useNow,
} from '@slipway/ui';
import { useMemo } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { homeSentence } from './homeSentence';
import { loadHome } from './loadHome';
import { needsOf } from './needs';
import { NeedsYou } from './NeedsYou';
import { QuickCreate } from './QuickCreate';
import { SystemsTable } from './SystemsTable';
import { usePerson } from './usePerson';

const REFRESH_MS = 15_000;
const COLUMNS: FleetSort[] = [
  'name',
  'status',
  'region',
  'expiry',
  'drift',
  'cost',
];

/** What needs the person, their environments and systems, and the way to a new one. */
export function HomePage() {
  const person = usePerson();
  const catalogApi = useApi(catalogApiRef);
  const fleetApi = useApi(fleetApiRef);
  const infraApi = useApi(infraApiRef);
  const now = useNow({ everyMs: 60_000 });
  const { allowed: mayCreate } = usePermission({
    permission: infraEnvironmentCreatePermission,
  });
  const home = useLoad(
    async () => person && loadHome(person, { catalogApi, fleetApi, infraApi }),
    [person, catalogApi, fleetApi, infraApi],
    { everyMs: REFRESH_MS },
  );
  const { value } = home;
  // The same filter for as long as it says the same, so that a reading does not empty the table.
  const whereText = value && JSON.stringify(value.where);
  const where = useMemo(
    () => (whereText ? JSON.parse(whereText) : undefined),
    [whereText],
  );
  const needs = value ? needsOf(value, now) : [];
  return (
    <PageShell
      title={person ? person.displayName : 'Home'}
      status={value && homeSentence(value)}
      actions={
        <>
          <Button component={RouterLink} to="/environments">
            All environments
          </Button>
          {mayCreate && (
            <Button variant="contained" component={RouterLink} to="/create">
              Create an environment
            </Button>
          )}
        </>
      }
    >
      {home.error && !value && (
        <ErrorState
          title="Your systems could not be read"
          error={home.error}
          onRetry={home.reload}
        />
      )}
      {(value || !home.error) && (
        <Columns>
          <Column span={mayCreate ? 9 : 12}>
            <Box sx={{ display: 'grid', gap: 2 }}>
              <NeedsYou needs={needs} />
              {value && where && (
                <EnvironmentsSection
                  title={
                    value.scope === 'own'
                      ? 'Environments of your groups'
                      : 'Environments'
                  }
                  where={where}
                  columns={COLUMNS}
                  whyEmpty="None is there yet that belongs to you or your groups."
                />
              )}
              <SystemsTable home={value} />
            </Box>
          </Column>
          {mayCreate && (
            <Column span={3}>
              <QuickCreate makers={value?.makers} />
            </Column>
          )}
        </Columns>
      )}
    </PageShell>
  );
}
