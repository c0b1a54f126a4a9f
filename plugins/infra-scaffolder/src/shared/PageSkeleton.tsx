import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';

/** Stands in for a page's tabs and content until they are read. */
export function PageSkeleton() {
  return (
    <Box aria-busy="true" aria-label="Reading">
      <Skeleton variant="text" width={420} height={24} />
      <Skeleton variant="rounded" height={40} sx={{ my: 2 }} />
      <Skeleton variant="rounded" height={320} />
    </Box>
  );
}
