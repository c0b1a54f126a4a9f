import Box from '@mui/material/Box';
import { useNow } from '../hooks/useNow';
import { formatAge, formatDuration } from './duration';
import { formatMoney } from './money';
import { formatLocalTime, formatUtc } from './time';

const tabular = { fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' };

/** Money in tabular figures, the exact amount on hover. @public */
export function Money(props: { amount: number; currency?: string }) {
  const { amount, currency } = props;
  return (
    <Box component="span" sx={tabular} title={String(amount)}>
      {formatMoney(amount, currency)}
    </Box>
  );
}

/**
 * A length of time; without `to` it goes on ticking until `to` is given.
 *
 * @public
 */
export function Duration(props: { from: string; to?: string }) {
  const { from, to } = props;
  const now = useNow({ enabled: !to });
  const end = to ? Date.parse(to) : now;
  return (
    <Box component="span" sx={tabular} title={`since ${formatUtc(from)}`}>
      {formatDuration(
        to ? end - Date.parse(from) : wholeSeconds(end - Date.parse(from)),
      )}
    </Box>
  );
}

/** A time where the reader is, UTC on hover. @public */
export function Time(props: { at: string }) {
  return (
    <Box
      component="time"
      dateTime={props.at}
      sx={tabular}
      title={formatUtc(props.at)}
    >
      {formatLocalTime(props.at)}
    </Box>
  );
}

/** How long ago, the time itself on hover. @public */
export function Age(props: { at: string }) {
  const now = useNow({ everyMs: 10_000 });
  return (
    <Box
      component="time"
      dateTime={props.at}
      sx={tabular}
      title={`${formatLocalTime(props.at)} (${formatUtc(props.at)})`}
    >
      {formatAge(props.at, now)}
    </Box>
  );
}

function wholeSeconds(milliseconds: number): number {
  return Math.floor(Math.max(0, milliseconds) / 1_000) * 1_000;
}
