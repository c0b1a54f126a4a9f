import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

/** Says what would be here, why it is not, and the one way to bring it. @public */
export function EmptyState(props: {
  title: string;
  why: ReactNode;
  action?: ReactNode;
}) {
  const { title, why, action } = props;
  return (
    <Box sx={{ py: 5, px: 2, textAlign: 'center', maxWidth: 560, mx: 'auto' }}>
      <Typography
        component="p"
        sx={{ fontSize: 16, fontWeight: 600, mb: 0.5, mt: 0 }}
      >
        {title}
      </Typography>
      <Typography
        component="p"
        sx={{ fontSize: 14, color: 'text.secondary', m: 0 }}
      >
        {why}
      </Typography>
      {action && <Box sx={{ mt: 2 }}>{action}</Box>}
    </Box>
  );
}
