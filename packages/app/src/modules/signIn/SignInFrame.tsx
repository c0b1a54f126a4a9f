import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { navigationColors } from '@slipway/ui';
import type { ReactNode } from 'react';
import { Mark } from '../brand';

const column = {
  width: '100%',
  maxWidth: 1008,
  mx: 'auto',
  px: { xs: 2, sm: 3 },
  boxSizing: 'border-box',
};

/** The portal's name on a dark band, the content under it. */
export function SignInFrame(props: { title: string; children: ReactNode }) {
  return (
    <Box sx={{ minHeight: '100vh', bgcolor: 'background.default' }}>
      <Box component="header" sx={{ bgcolor: navigationColors.background }}>
        <Box sx={{ ...column, py: 2.5, display: 'flex', gap: 1.5 }}>
          <Mark
            size={32}
            hull={navigationColors.signal}
            slope={navigationColors.text}
          />
          <Typography
            component="span"
            sx={{
              color: navigationColors.selected,
              fontSize: 24,
              lineHeight: '32px',
              fontWeight: 650,
            }}
          >
            Slipway
          </Typography>
        </Box>
      </Box>
      <Box component="main" sx={{ ...column, py: { xs: 3, sm: 6 } }}>
        <Typography component="h1" variant="h3" sx={{ mb: 1 }}>
          {props.title}
        </Typography>
        {props.children}
      </Box>
    </Box>
  );
}
