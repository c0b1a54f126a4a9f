import AddIcon from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Skeleton from '@mui/material/Skeleton';
import { EmptyState, Section } from '@slipway/ui';
import { Link as RouterLink } from 'react-router-dom';
import type { Maker } from './loadHome';

/** The forms that make environments, one click away. */
export function QuickCreate(props: { makers: Maker[] | undefined }) {
  const { makers } = props;
  return (
    <Section title="Create an environment">
      {!makers && <Skeleton height={180} />}
      {makers?.length === 0 && (
        <EmptyState
          title="No templates"
          why="Forms that make environments are templates in the catalog."
        />
      )}
      {makers && makers.length > 0 && (
        <Box sx={{ display: 'grid', gap: 0.5 }}>
          {makers.map(maker => (
            <ButtonBase
              key={maker.to}
              component={RouterLink}
              to={maker.to}
              title={maker.description}
              sx={{
                justifyContent: 'flex-start',
                gap: 1,
                px: 1,
                py: 0.75,
                mx: -1,
                borderRadius: 1,
                fontSize: 14,
                textAlign: 'left',
                color: 'primary.main',
                '&:hover, &:focus-visible': { bgcolor: 'action.hover' },
              }}
            >
              <AddIcon sx={{ fontSize: 18 }} />
              {maker.title}
            </ButtonBase>
          ))}
        </Box>
      )}
    </Section>
  );
}
