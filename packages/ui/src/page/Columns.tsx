import Box from '@mui/material/Box';
import type { ReactNode } from 'react';

/** Twelve columns with 16 px gutters; one column below 900 px. @public */
export function Columns(props: { children: ReactNode }) {
  return (
    <Box
      sx={{
        display: 'grid',
        gridTemplateColumns: 'repeat(12, minmax(0, 1fr))',
        gap: 2,
        alignItems: 'start',
      }}
    >
      {props.children}
    </Box>
  );
}

/** As many of the twelve columns as told. @public */
export function Column(props: { span: number; children: ReactNode }) {
  return (
    <Box
      sx={{
        gridColumn: { xs: '1 / -1', md: `span ${props.span}` },
        minWidth: 0,
      }}
    >
      {props.children}
    </Box>
  );
}
