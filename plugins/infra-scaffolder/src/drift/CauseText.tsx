import Box from '@mui/material/Box';
import type { DriftCause } from '@slipway/plugin-infra-scaffolder-common';
import { Age } from '@slipway/ui';

const BECAUSE = {
  'names-it': 'The call names what changed.',
  'only-call': 'It is the only call that changed the resource since.',
  'newest-call': 'It is the newest of several calls that changed the resource.',
} as const;

/** Who changed it, when and by which call, or why that is not known. */
export function CauseText(props: { cause: DriftCause }) {
  const { cause } = props;
  if (!cause.known) {
    return (
      <Box component="span" sx={{ color: 'text.secondary' }}>
        Not known. {cause.reason}
      </Box>
    );
  }
  return (
    <span
      title={`${BECAUSE[cause.because]} ${cause.service}, ${cause.eventId}`}
    >
      <Box component="span" sx={{ overflowWrap: 'anywhere', fontWeight: 600 }}>
        {cause.actor}
      </Box>
      <br />
      <Box component="span" sx={{ fontFamily: 'monospace' }}>
        {cause.call}
      </Box>
      , <Age at={cause.at} />
      {cause.from && ` from ${cause.from}`}
    </span>
  );
}
