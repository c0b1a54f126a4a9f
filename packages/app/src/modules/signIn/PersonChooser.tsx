import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Typography from '@mui/material/Typography';
import type { Person } from './people';
import { SignInFrame } from './SignInFrame';

const cardStyle = {
  display: 'block',
  width: '100%',
  textAlign: 'left',
  p: 2,
  borderRadius: '6px',
  border: 1,
  borderColor: 'divider',
  bgcolor: 'background.paper',
  '&:hover': { borderColor: 'primary.main' },
  '&:focus-visible': { outline: '2px solid', outlineColor: 'primary.main' },
};

const initialsStyle = {
  display: 'grid',
  placeItems: 'center',
  flexShrink: 0,
  width: 40,
  height: 40,
  borderRadius: '50%',
  fontWeight: 600,
  color: 'primary.contrastText',
  bgcolor: 'primary.main',
};

/** The demonstration people as cards: who they are, and what they may do. */
export function PersonChooser(props: {
  people: Person[];
  onChoose: (name: string) => void;
}) {
  return (
    <SignInFrame title="Who are you today?">
      <Typography sx={{ color: 'text.secondary', mb: 3 }}>
        These people exist for development only. Each sees and may do what their
        team and role allow.
      </Typography>
      <Box
        component="ul"
        sx={{
          listStyle: 'none',
          p: 0,
          m: 0,
          display: 'grid',
          gap: 2,
          gridTemplateColumns:
            'repeat(auto-fill, minmax(min(100%, 296px), 1fr))',
        }}
      >
        {props.people.map(person => (
          <Box component="li" key={person.name} sx={{ display: 'flex' }}>
            <PersonCard
              person={person}
              onChoose={() => props.onChoose(person.name)}
            />
          </Box>
        ))}
      </Box>
    </SignInFrame>
  );
}

function PersonCard(props: { person: Person; onChoose: () => void }) {
  const { person, onChoose } = props;
  return (
    <ButtonBase onClick={onChoose} sx={cardStyle}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1.5, mb: 1.5 }}>
        <Box sx={initialsStyle} aria-hidden>
          {initials(person.displayName)}
        </Box>
        <Box>
          <Typography sx={{ fontSize: 16, fontWeight: 600, lineHeight: 1.3 }}>
            {person.displayName}
          </Typography>
          <Typography sx={{ color: 'text.secondary' }}>
            {person.role}, {person.team}
          </Typography>
        </Box>
      </Box>
      <Typography>{person.summary}</Typography>
    </ButtonBase>
  );
}

function initials(displayName: string): string {
  return displayName
    .split(' ')
    .map(word => word[0])
    .join('');
}
