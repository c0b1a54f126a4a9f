import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { Link as RouterLink, useLocation } from 'react-router-dom';

const WAYS_ON = [
  { to: '/environments', text: 'Environments' },
  { to: '/catalog', text: 'Catalog' },
  { to: '/search', text: 'Search' },
  { to: '/', text: 'Home' },
];

/** Says which address leads nowhere, why that may be, and where to go on. */
export function NotFoundPage() {
  const { pathname } = useLocation();
  return (
    <Box component="main" sx={{ p: 3, maxWidth: 720 }}>
      <Typography component="h1" variant="h3" sx={{ mb: 1 }}>
        There is no such page
      </Typography>
      <Typography sx={{ mb: 2 }}>
        Nothing is shown at{' '}
        <Box component="code" sx={{ overflowWrap: 'anywhere' }}>
          {pathname}
        </Box>
        . The thing may have been removed, the address may be mistyped, or it
        belongs to a team that you are not in.
      </Typography>
      <Box
        component="nav"
        aria-label="Ways on"
        sx={{ display: 'flex', gap: 3 }}
      >
        {WAYS_ON.map(({ to, text }) => (
          <Link key={to} component={RouterLink} to={to}>
            {text}
          </Link>
        ))}
      </Box>
    </Box>
  );
}
