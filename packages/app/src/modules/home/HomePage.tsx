import { useApi } from '@backstage/frontend-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { usePermission } from '@backstage/plugin-permission-react';
import Button from '@mui/material/Button';
import { infraApiRef } from '@slipway/plugin-infra-scaffolder';
import { infraEnvironmentCreatePermission } from '@slipway/plugin-infra-scaffolder-common';
import { ErrorState, PageShell, useLoad } from '@slipway/ui';
import { Link as RouterLink } from 'react-router-dom';
import { homeSentence } from './homeSentence';
import { loadHome } from './loadHome';
import { NeedsYou } from './NeedsYou';
import { SystemsTable } from './SystemsTable';
import { usePerson } from './usePerson';

const REFRESH_MS = 15_000;

/** What needs the person, and the systems that are theirs. */
export function HomePage() {
  const person = usePerson();
  const catalogApi = useApi(catalogApiRef);
  const infraApi = useApi(infraApiRef);
  const { allowed: mayCreate } = usePermission({
    permission: infraEnvironmentCreatePermission,
  });
  const home = useLoad(
    async () => person && loadHome(person, { catalogApi, infraApi }),
    [person, catalogApi, infraApi],
    { everyMs: REFRESH_MS },
  );
  return (
    <PageShell
      title={person ? person.displayName : 'Home'}
      status={home.value && homeSentence(home.value)}
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
      {home.error && (
        <ErrorState
          title="Your systems could not be read"
          error={home.error}
          onRetry={home.reload}
        />
      )}
      {home.value && <NeedsYou environments={home.value.environments} />}
      {!home.error && <SystemsTable home={home.value} />}
    </PageShell>
  );
}
