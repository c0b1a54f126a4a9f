import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

/** Names and what they are, one beside the other. @public */
export function Facts(props: {
  items: Array<{ name: string; value: ReactNode; hint?: string }>;
}) {
  return (
    <Box
      component="dl"
      sx={{
        m: 0,
        display: 'grid',
        gridTemplateColumns: 'fit-content(36%) minmax(0, 1fr)',
        columnGap: 2,
        rowGap: 1,
        fontSize: 14,
      }}
    >
      {props.items.map(item => (
        <Box key={item.name} sx={{ display: 'contents' }}>
          <Box component="dt" sx={{ color: 'text.secondary', minWidth: 72 }}>
            {item.name}
          </Box>
          <Box
            component="dd"
            title={item.hint}
            sx={{ m: 0, minWidth: 0, overflowWrap: 'anywhere' }}
          >
            {item.value}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
