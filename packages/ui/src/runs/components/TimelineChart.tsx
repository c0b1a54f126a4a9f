import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import { formatDuration } from '../../format';
import { healthColor, HEALTH_WORDS } from '../../status';
import type { Timeline } from '../model';

/** One style for all bars: hundreds of them are drawn every second. */
const barsSx = {
  m: 0,
  p: 0,
  overflowY: 'auto',
  fontSize: 12,
  '& li': { display: 'flex', alignItems: 'center', height: 24 },
  '& .title': {
    width: '40%',
    pr: 1,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  '& .track': {
    flex: 1,
    position: 'relative',
    height: 12,
    bgcolor: 'action.hover',
    borderRadius: 0.5,
  },
  '& .bar': {
    position: 'absolute',
    height: 12,
    minWidth: 2,
    borderRadius: 0.5,
  },
  '& .expected': {
    position: 'absolute',
    height: 12,
    boxSizing: 'border-box',
    border: '1px dashed',
    borderLeft: 0,
  },
  '& .took': {
    width: 80,
    pl: 1,
    textAlign: 'right',
    color: 'text.secondary',
    fontVariantNumeric: 'tabular-nums',
    whiteSpace: 'nowrap',
  },
} as const;

/**
 * Bars over time, growing while their things are at work. Each bar's length is said in words at its right, which is
 * the table behind the chart.
 *
 * @public
 */
export function TimelineChart(props: {
  timeline: Timeline;
  /** What the bars are, e.g. `steps`. */
  noun: string;
  /** In pixels; higher timelines scroll. */
  maxHeight?: number;
}) {
  const { timeline, noun, maxHeight = 420 } = props;
  const theme = useTheme();
  if (timeline.bars.length === 0) {
    return (
      <Box sx={{ color: 'text.secondary', fontSize: 14, py: 2 }}>
        No {noun} have started yet.
      </Box>
    );
  }
  const widthMs = timeline.endMs - timeline.startMs;
  return (
    <Box>
      <Box
        aria-hidden
        sx={{
          display: 'flex',
          justifyContent: 'space-between',
          pl: '40%',
          pr: '88px',
          fontSize: 12,
          color: 'text.secondary',
          fontVariantNumeric: 'tabular-nums',
        }}
      >
        <span>0 s</span>
        <span>{formatDuration(widthMs / 2)}</span>
        <span>{formatDuration(widthMs)}</span>
      </Box>
      <Box
        component="ul"
        tabIndex={0}
        aria-label={`Timeline of ${noun}`}
        sx={{ ...barsSx, maxHeight }}
      >
        {timeline.bars.map(bar => (
          <li
            key={bar.id}
            title={`${bar.title}: ${HEALTH_WORDS[bar.health]}, ${formatDuration(
              bar.durationMs,
            )}`}
          >
            <span className="title">{bar.title}</span>
            <span className="track">
              {bar.expectedTo !== undefined && (
                <span
                  className="expected"
                  style={{
                    left: percent(bar.to),
                    width: percent(bar.expectedTo - bar.to),
                    borderColor: healthColor(theme, bar.health),
                  }}
                />
              )}
              <span
                className="bar"
                style={{
                  left: percent(bar.from),
                  width: percent(bar.to - bar.from),
                  background: healthColor(theme, bar.health),
                }}
              />
            </span>
            <span className="took">{formatDuration(bar.durationMs)}</span>
          </li>
        ))}
      </Box>
      <Box sx={{ color: 'text.secondary', fontSize: 12, pt: 1, minHeight: 18 }}>
        {timeline.brief && inWords(timeline.brief, noun)}
      </Box>
    </Box>
  );
}

function inWords(brief: NonNullable<Timeline['brief']>, noun: string): string {
  return `And ${brief.count} ${noun} that took ${formatDuration(
    brief.longestMs,
  )} or less.`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}
