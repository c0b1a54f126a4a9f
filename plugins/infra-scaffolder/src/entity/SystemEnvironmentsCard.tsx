import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import {
  EmptyState,
  ErrorState,
  Section,
  StatusText,
  TextLink,
  useLoad,
} from '@slipway/ui';
import { infraApiRef } from '../api';
import { listSentence } from '../environments/listSentence';
import { useLinks } from '../shared/useLinks';
import { wordOfStatus } from '../shared/words';

/** The environments of a system. */
export function SystemEnvironmentsCard() {
  const { entity } = useEntity();
  const system = stringifyEntityRef(entity);
  const api = useApi(infraApiRef);
  const links = useLinks();
  const { value, error, reload } = useLoad(
    () => api.listEnvironments({ system }),
    [api, system],
    { everyMs: 10_000 },
  );
  return (
    <Section title="Environments">
      {error && !value && (
        <ErrorState
          title="The environments could not be read"
          error={error}
          onRetry={reload}
        />
      )}
      {!error && !value && <Skeleton height={72} />}
      {value?.items.length === 0 && (
        <EmptyState
          title="No environments"
          why={`None that you may see belongs to ${entity.metadata.name}.`}
          action={
            links.create && (
              <TextLink to={links.create}>Create environment</TextLink>
            )
          }
        />
      )}
      {value && value.items.length > 0 && (
        <>
          <Box sx={{ fontSize: 14, mb: 1 }}>
            {listSentence(value.items).sentence}
          </Box>
          <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
            {value.items.map(environment => {
              const { health, word } = wordOfStatus(environment.status);
              return (
                <Box
                  key={environment.id}
                  component="li"
                  sx={{
                    display: 'flex',
                    gap: 2,
                    py: 0.75,
                    fontSize: 14,
                    borderTop: 1,
                    borderColor: 'divider',
                  }}
                >
                  <Box sx={{ flex: 1, minWidth: 0 }}>
                    <TextLink to={links.environment(environment.name)}>
                      {environment.name}
                    </TextLink>
                  </Box>
                  <span>
                    {environment.size} · {environment.region}
                  </span>
                  <StatusText health={health}>{word}</StatusText>
                </Box>
              );
            })}
          </Box>
        </>
      )}
    </Section>
  );
}
