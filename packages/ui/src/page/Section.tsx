import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

/** A thing that stands for itself: heading, then content. @public */
export function Section(props: {
  title: ReactNode;
  /** At the right of the heading. */
  aside?: ReactNode;
  /** Content goes to the edges, e.g. a table. */
  flush?: boolean;
  children: ReactNode;
}) {
  const { title, aside, flush, children } = props;
  return (
    <Paper variant="outlined" component="section" sx={{ overflow: 'hidden' }}>
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          justifyContent: 'space-between',
          gap: 2,
          flexWrap: 'wrap',
          px: 2,
          pt: 1.5,
          pb: flush ? 0.5 : 1,
        }}
      >
        <Typography
          component="h2"
          sx={{ fontSize: 16, fontWeight: 600, lineHeight: 1.5, m: 0 }}
        >
          {title}
        </Typography>
        {aside}
      </Box>
      <Box sx={flush ? {} : { px: 2, pb: 2 }}>{children}</Box>
    </Paper>
  );
}
