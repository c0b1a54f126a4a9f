import { useApi } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import Box from '@mui/material/Box';
import { ErrorState, StatusIcon, TextLink, useLoad, useNow } from '@slipway/ui';
import { infraApiRef } from '../api';
import { EnvironmentNotices } from '../environment/EnvironmentNotices';
import { environmentSentence } from '../environment/environmentSentence';
import { OverviewTab } from '../environment/OverviewTab';
import { EndNotice } from '../lifetime/EndNotice';
import { PageSkeleton } from '../shared/PageSkeleton';
import { useLinks } from '../shared/useLinks';

/** The environment behind a Resource of type environment. */
export function EnvironmentEntityContent() {
  const { entity } = useEntity();
  const { name } = entity.metadata;
  const api = useApi(infraApiRef);
  const links = useLinks();
  const now = useNow();
  const { value, error, reload } = useLoad(
    () => api.getEnvironment(name),
    [api, name],
    { everyMs: 5_000 },
  );
  if (!value) {
    return error ? (
      <ErrorState
        title={`${name} could not be read`}
        error={error}
        onRetry={reload}
      />
    ) : (
      <PageSkeleton />
    );
  }
  const { health, sentence } = environmentSentence(value, now);
  return (
    <Box sx={{ display: 'grid', gap: 2, p: 3 }}>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center' }}>
        <StatusIcon health={health} size={18} />
        <span>
          {sentence}{' '}
          <TextLink to={links.environment(name)}>Open {name}</TextLink>
        </span>
      </Box>
      <EnvironmentNotices environment={value} stale={Boolean(error)} />
      <EndNotice environment={value} onChange={reload} />
      <OverviewTab environment={value} onChange={reload} />
    </Box>
  );
}
