import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { Section, StatusText, TextLink } from '@slipway/ui';
import { useState } from 'react';
import type { Need } from './needs';

const SHOWN_AT_FIRST = 6;

/** What waits for the person or goes on, each with the way to it; nothing where nothing does. */
export function NeedsYou(props: { needs: Need[] }) {
  const { needs } = props;
  const [all, setAll] = useState(false);
  if (needs.length === 0) {
    return null;
  }
  const shown = all ? needs : needs.slice(0, SHOWN_AT_FIRST);
  return (
    <Section title="Needs you, or is at work">
      <Box component="ul" sx={{ listStyle: 'none', p: 0, m: 0 }}>
        {shown.map(need => (
          <Box
            component="li"
            key={need.id}
            sx={{
              display: 'grid',
              gridTemplateColumns: { sm: '128px minmax(0, 1fr)' },
              columnGap: 2,
              alignItems: 'start',
              py: 0.75,
            }}
          >
            <StatusText health={need.health}>{need.word}</StatusText>
            <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
              <TextLink to={need.to}>{need.name}</TextLink>
              {need.why && (
                <Box sx={{ color: 'text.secondary' }}>{need.why}</Box>
              )}
            </Box>
          </Box>
        ))}
      </Box>
      {needs.length > SHOWN_AT_FIRST && (
        <Button size="small" onClick={() => setAll(!all)}>
          {all ? 'Show fewer' : `Show all ${needs.length}`}
        </Button>
      )}
    </Section>
  );
}
