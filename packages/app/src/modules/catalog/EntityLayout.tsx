import {
  EntityOrphanWarning,
  EntityProcessingErrorsPanel,
  EntitySwitch,
  hasCatalogProcessingErrors,
  isOrphan,
} from '@backstage/plugin-catalog';
import type { EntityContentLayoutProps } from '@backstage/plugin-catalog-react/alpha';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';

/**
 * An entity's overview: what it is about on the right, the rest on the left. Upstream's layout also warns of relations
 * to entities that cannot be found; here these are environments of other teams, which this person may not see.
 */
export function EntityLayout({ cards }: EntityContentLayoutProps) {
  const info = cards.filter(({ type }) => type === 'info');
  const content = cards.filter(({ type }) => type !== 'info');
  return (
    <Stack spacing={2}>
      <EntitySwitch>
        <EntitySwitch.Case if={isOrphan}>
          <EntityOrphanWarning />
        </EntitySwitch.Case>
      </EntitySwitch>
      <EntitySwitch>
        <EntitySwitch.Case if={hasCatalogProcessingErrors}>
          <EntityProcessingErrorsPanel />
        </EntitySwitch.Case>
      </EntitySwitch>
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          alignItems: 'start',
          gridTemplateColumns: {
            xs: 'minmax(0, 1fr)',
            md: info.length > 0 ? 'minmax(0, 2fr) minmax(0, 1fr)' : '1fr',
          },
        }}
      >
        <Stack spacing={2} sx={{ order: { xs: 1, md: 0 }, minWidth: 0 }}>
          {content.map(({ element }, index) => (
            <div key={element.key ?? index}>{element}</div>
          ))}
        </Stack>
        {info.length > 0 && (
          <Stack spacing={2} sx={{ minWidth: 0 }}>
            {info.map(({ element }, index) => (
              <div key={element.key ?? index}>{element}</div>
            ))}
          </Stack>
        )}
      </Box>
    </Stack>
  );
}
