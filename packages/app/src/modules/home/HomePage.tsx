import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { Link as RouterLink } from 'react-router-dom';
import { MySystems } from './MySystems';
import { usePerson } from './usePerson';

/** What a person has here: their systems and their environments. */
export function HomePage() {
  const person = usePerson();
  return (
    <Box component="main" sx={{ p: 3, maxWidth: 1200 }}>
      <Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 2, mb: 3 }}>
        <Box sx={{ flexGrow: 1 }}>
          <Typography component="h1" variant="h3">
            {person ? `Hello, ${person.displayName}` : 'Home'}
          </Typography>
        </Box>
        <Button variant="contained" component={RouterLink} to="/create">
          Create an environment
        </Button>
      </Box>
      {person && <MySystems owners={person.ownershipEntityRefs} />}
    </Box>
  );
}
