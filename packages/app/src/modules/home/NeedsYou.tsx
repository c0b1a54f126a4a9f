import Box from '@mui/material/Box';
import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import { Section, StatusText, TextLink } from '@slipway/ui';

/** Environments that wait for a person, each with the way to what is wrong; nothing where none does. */
export function NeedsYou(props: { environments: Environment[] }) {
  const waiting = props.environments.filter(
    ({ status, activeRun }) => status === 'failed' || activeRun,
  );
  if (waiting.length === 0) {
    return null;
  }
  return (
    <Box sx={{ mb: 2 }}>
      <Section title="Needs you, or is at work">
        <Box component="ul" sx={{ listStyle: 'none', p: 0, m: 0 }}>
          {waiting.map(environment => (
            <Box
              component="li"
              key={environment.id}
              sx={{
                display: 'grid',
                gridTemplateColumns: { sm: '96px minmax(0, 1fr)' },
                columnGap: 2,
                alignItems: 'start',
                py: 0.75,
              }}
            >
              <StatusText
                health={environment.activeRun ? 'working' : 'failing'}
              >
                {environment.activeRun ? 'At work' : 'Failed'}
              </StatusText>
              <div>
                <TextLink to={wayTo(environment)}>{environment.name}</TextLink>
                <Box sx={{ color: 'text.secondary' }}>
                  {environment.statusReason}
                </Box>
              </div>
            </Box>
          ))}
        </Box>
      </Section>
    </Box>
  );
}

function wayTo({ name, activeRun }: Environment): string {
  return activeRun
    ? `/environments/${name}/runs/${activeRun.runId}`
    : `/environments/${name}`;
}
