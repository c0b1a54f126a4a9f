import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { DriftAcceptance } from '@slipway/plugin-infra-scaffolder-common';
import { describeError } from '@slipway/ui';
import type { DriftRow } from './driftRows';

/** The button that takes one value over, or why it cannot be. */
export function TakeOver(props: {
  row: DriftRow;
  acceptance?: DriftAcceptance;
  error?: Error;
  denied?: string;
  onAccept: (acceptance: DriftAcceptance) => void;
}) {
  const { row, acceptance, error, denied, onAccept } = props;
  const why = !row.attribute
    ? 'It can only be put back.'
    : acceptance?.reason ?? (error && describeError(error).message);
  if (why) {
    return (
      <Box component="span" sx={{ color: 'text.secondary', fontSize: 12 }}>
        {why}
      </Box>
    );
  }
  const { parameter } = acceptance ?? {};
  return (
    <Button
      size="small"
      variant="outlined"
      disabled={Boolean(denied) || !parameter}
      title={denied ?? parameter?.title}
      onClick={() => acceptance && onAccept(acceptance)}
    >
      {acceptance || denied ? 'Take over…' : 'Looking for its parameter…'}
    </Button>
  );
}
