import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { ReactNode } from 'react';

/** A field that may have been changed: what it was, and the way back. */
export function WasMark(props: {
  /** The field's own name. */
  title: string;
  /** What it was, in words; not there where it is unchanged. */
  was?: string;
  onRestore: () => void;
  children: ReactNode;
}) {
  const { title, was, onRestore, children } = props;
  const changed = was !== undefined;
  return (
    <Box
      sx={{
        minWidth: 0,
        borderLeft: 3,
        borderColor: changed ? 'info.main' : 'transparent',
        pl: 0.75,
        ml: -1.125,
      }}
    >
      {children}
      {changed && (
        <Box
          sx={{
            fontSize: 12,
            display: 'flex',
            flexWrap: 'wrap',
            alignItems: 'baseline',
            columnGap: 1,
          }}
        >
          <span>Was {was}.</span>
          <Button
            size="small"
            aria-label={`Back to ${was} (${title})`}
            onClick={onRestore}
            sx={{
              minWidth: 0,
              px: 0.5,
              py: 0,
              mx: -0.5,
              textTransform: 'none',
            }}
          >
            Back to {was}
          </Button>
        </Box>
      )}
    </Box>
  );
}
