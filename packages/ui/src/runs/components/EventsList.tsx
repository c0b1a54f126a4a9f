import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import type { RunEvent } from '@slipway/plugin-runs-common';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { formatClock, formatUtc } from '../../format';
import { useUrlState } from '../../hooks';
import { EmptyState } from '../../page';
import { StatusIcon, type Health } from '../../status';
import { filterEvents } from './filterEvents';

const LEVEL_HEALTH: Record<RunEvent['level'], Health | undefined> = {
  info: undefined,
  warning: 'attention',
  error: 'failing',
};

const ROW_PX = 28;

/**
 * A run's events, oldest first. Following keeps the newest in sight; without it new ones wait behind a button, so
 * that nothing moves under the cursor. Filters are in the address.
 *
 * @public
 */
export function EventsList(props: {
  events: RunEvent[];
  /** More may come. */
  live: boolean;
  /** In pixels. */
  height?: number;
}) {
  const { events, live, height = 480 } = props;
  const [level, setLevel] = useUrlState('level', 'all');
  const [search, setSearch] = useUrlState('find');
  const [follow, setFollow] = useState(true);
  const [heldAt, setHeldAt] = useState<number>();
  const list = useRef<HTMLDivElement>(null);
  const matching = useMemo(
    () => filterEvents(events, { level, search }),
    [events, level, search],
  );
  const shown = useMemo(
    () =>
      heldAt === undefined
        ? matching
        : matching.filter(event => event.sequence <= heldAt),
    [matching, heldAt],
  );
  const waiting = matching.length - shown.length;
  const rows = useVirtualizer({
    count: shown.length,
    getScrollElement: () => list.current,
    estimateSize: () => ROW_PX,
    overscan: 20,
    initialRect: { width: 800, height },
  });

  const newest = shown.length;
  useEffect(() => {
    if (follow && live && newest > 0) {
      rows.scrollToIndex(newest - 1);
    }
  }, [follow, live, newest, rows]);

  const changeFollow = (on: boolean) => {
    setFollow(on);
    setHeldAt(on ? undefined : events[events.length - 1]?.sequence ?? 0);
  };
  const showNew = () => setHeldAt(events[events.length - 1]?.sequence);

  return (
    <Box>
      <Box
        sx={{
          display: 'flex',
          gap: 1.5,
          flexWrap: 'wrap',
          alignItems: 'center',
          mb: 1,
        }}
      >
        <TextField
          select
          size="small"
          label="Level"
          value={level}
          onChange={event => setLevel(event.target.value)}
          sx={{ minWidth: 150 }}
        >
          <MenuItem value="all">All levels</MenuItem>
          <MenuItem value="warning">Warnings, errors</MenuItem>
          <MenuItem value="error">Errors</MenuItem>
        </TextField>
        <TextField
          size="small"
          label="Find"
          placeholder="resource, step, words"
          InputLabelProps={{ shrink: true }}
          value={search}
          onChange={event => setSearch(event.target.value)}
        />
        {live && (
          <FormControlLabel
            label="Follow"
            control={
              <Switch
                size="small"
                checked={follow}
                onChange={(_, on) => changeFollow(on)}
              />
            }
          />
        )}
        {waiting > 0 && (
          <Button size="small" variant="outlined" onClick={showNew}>
            {waiting} new
          </Button>
        )}
      </Box>
      {shown.length === 0 ? (
        <EmptyState
          title={
            events.length === 0
              ? 'Nothing has happened yet'
              : 'No event matches'
          }
          why={
            events.length === 0
              ? 'Events come here as the run goes on.'
              : 'Other levels or other words may have some.'
          }
        />
      ) : (
        <Box
          ref={list}
          role="log"
          aria-label="Events"
          aria-live="off"
          tabIndex={0}
          sx={{ height, overflow: 'auto', border: 1, borderColor: 'divider' }}
        >
          <Box sx={{ height: rows.getTotalSize(), position: 'relative' }}>
            {rows.getVirtualItems().map(item => (
              <Box
                key={item.key}
                sx={{
                  position: 'absolute',
                  top: 0,
                  left: 0,
                  minWidth: '100%',
                  height: ROW_PX,
                  transform: `translateY(${item.start}px)`,
                }}
              >
                <EventRow event={shown[item.index]} />
              </Box>
            ))}
          </Box>
        </Box>
      )}
    </Box>
  );
}

function EventRow(props: { event: RunEvent }) {
  const { event } = props;
  const health = LEVEL_HEALTH[event.level];
  return (
    <Box
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 1.5,
        px: 1.5,
        height: ROW_PX,
        fontFamily: 'monospace',
        fontSize: 12,
        whiteSpace: 'nowrap',
        '&:hover': { bgcolor: 'action.hover' },
      }}
    >
      <Box
        component="time"
        dateTime={event.at}
        title={formatUtc(event.at)}
        sx={{ color: 'text.secondary' }}
      >
        {formatClock(event.at)}
      </Box>
      <Box sx={{ width: 16, display: 'flex' }}>
        {health && <StatusIcon health={health} size={14} />}
      </Box>
      <Box
        sx={{
          width: 110,
          flexShrink: 0,
          overflow: 'hidden',
          textOverflow: 'ellipsis',
          color: 'text.secondary',
        }}
        title={event.code}
      >
        {event.stepId ?? 'run'}
      </Box>
      <span>
        {health && <b>{event.level === 'error' ? 'Error: ' : 'Warning: '}</b>}
        {event.message}
      </span>
    </Box>
  );
}
