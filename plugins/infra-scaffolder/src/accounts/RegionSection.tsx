import Box from '@mui/material/Box';
import type { RegionChecks } from '@slipway/plugin-infra-scaffolder-common';
import { Age, CopyText, StatusText } from '@slipway/ui';
import { CHECK_STATES, worstFirst } from './accountWords';

/** What was found in a region, with the mend of what is missing. */
export function RegionSection(props: { region: RegionChecks }) {
  const { region, checkedAt, checks } = props.region;
  return (
    <Box component="section" aria-label={region}>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'baseline', mb: 1 }}>
        <Box component="h3" sx={{ fontSize: 14, m: 0 }}>
          {region}
        </Box>
        <Box sx={{ fontSize: 12, color: 'text.secondary' }}>
          {checkedAt ? (
            <>
              checked <Age at={checkedAt} />
            </>
          ) : (
            'Not checked yet. It is every hour.'
          )}
        </Box>
      </Box>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {worstFirst(checks).map(
          ({ id, title, state, found, mend, command }) => (
            <Box
              component="li"
              key={id}
              sx={{
                display: 'grid',
                gridTemplateColumns: { xs: '1fr', sm: '110px minmax(0, 1fr)' },
                columnGap: 2,
                alignItems: 'start',
                py: 0.75,
                borderTop: 1,
                borderColor: 'divider',
                fontSize: 14,
              }}
            >
              <StatusText health={CHECK_STATES[state].health}>
                {CHECK_STATES[state].word}
              </StatusText>
              <Box sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
                <Box component="span" sx={{ fontWeight: 600, mr: 1 }}>
                  {title}
                </Box>
                <Box
                  component="span"
                  sx={{
                    color: 'text.secondary',
                    display: state === 'passed' ? 'inline' : 'block',
                  }}
                >
                  {found}
                </Box>
                {mend && <Box sx={{ mt: 0.25 }}>{mend}</Box>}
                {command && (
                  <Box sx={{ mt: 0.25 }}>
                    <CopyText text={command} name={`command: ${title}`} wrap />
                  </Box>
                )}
              </Box>
            </Box>
          ),
        )}
      </Box>
    </Box>
  );
}
