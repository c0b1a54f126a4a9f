import Box from '@mui/material/Box';
import type { FleetEnvironment } from '@slipway/plugin-infra-scaffolder-common';
import { TextLink } from '@slipway/ui';
import { EntityLink } from '../shared/EntityLink';
import { useLinks } from '../shared/useLinks';
import { CostCell, DriftCell, ExpiryCell, StatusCell } from './FleetCells';

/** An environment on a narrow page. */
export function FleetCard(props: { environment: FleetEnvironment }) {
  const { environment } = props;
  const links = useLinks();
  return (
    <Box sx={{ display: 'grid', gap: 0.5, fontSize: 14 }}>
      <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 2 }}>
        <Box sx={{ minWidth: 0, overflowWrap: 'anywhere', fontWeight: 600 }}>
          <TextLink to={links.environment(environment.name)}>
            {environment.name}
          </TextLink>
        </Box>
        <StatusCell environment={environment} />
      </Box>
      <Box sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
        <EntityLink entityRef={environment.system} /> · {environment.size} ·{' '}
        {environment.region} · <EntityLink entityRef={environment.owner} />
      </Box>
      <Box
        sx={{
          display: 'flex',
          flexWrap: 'wrap',
          columnGap: 2,
          rowGap: 0.5,
          justifyContent: 'space-between',
        }}
      >
        <DriftCell environment={environment} />
        {environment.expiresAt && (
          <span>
            ends <ExpiryCell environment={environment} />
          </span>
        )}
        <CostCell environment={environment} />
      </Box>
    </Box>
  );
}
