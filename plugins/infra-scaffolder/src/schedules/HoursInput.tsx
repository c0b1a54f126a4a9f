import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import type { UpSchedule } from '@slipway/plugin-infra-scaffolder-common';
import { useMemo } from 'react';
import { WEEKDAYS } from './scheduleWords';

/** A browser's time input ends at 23:59; the end of the day is what it calls the beginning. */
const MIDNIGHT = '00:00';

function zones(): string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone')];
}

/** Asks when an environment is up: days, hours, time zone, and days that are off. */
export function HoursInput(props: {
  hours: UpSchedule;
  onChange: (hours: UpSchedule) => void;
}) {
  const { hours, onChange } = props;
  const options = useMemo(zones, []);
  const set = (part: Partial<UpSchedule>) => onChange({ ...hours, ...part });
  return (
    <Box
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: '1fr 1fr', sm: '1fr 1fr 2fr' },
        gap: 2,
        pt: 1,
      }}
    >
      <ToggleButtonGroup
        size="small"
        color="primary"
        aria-label="Days on which it is up"
        value={hours.weekdays}
        onChange={(_, weekdays: number[]) =>
          set({ weekdays: [...weekdays].sort((a, b) => a - b) })
        }
        sx={{ gridColumn: '1 / -1' }}
      >
        {WEEKDAYS.map(({ day, short, long }) => (
          <ToggleButton
            key={day}
            value={day}
            aria-label={long}
            sx={{ flex: 1, minWidth: 0, px: 0.5, textTransform: 'none' }}
          >
            {short}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <TextField
        size="small"
        type="time"
        label="Up from"
        value={hours.from}
        onChange={({ target }) => set({ from: target.value })}
        InputLabelProps={{ shrink: true }}
      />
      <TextField
        size="small"
        type="time"
        label="until"
        value={hours.until === '24:00' ? MIDNIGHT : hours.until}
        onChange={({ target: { value } }) =>
          set({ until: value === MIDNIGHT ? '24:00' : value })
        }
        InputLabelProps={{ shrink: true }}
      />
      <Autocomplete
        size="small"
        disableClearable
        options={options}
        value={hours.timeZone}
        onChange={(_, timeZone) => set({ timeZone })}
        sx={{ gridColumn: { xs: '1 / -1', sm: 'auto' } }}
        renderInput={params => (
          <TextField
            {...params}
            label="Time zone"
            InputLabelProps={{ ...params.InputLabelProps, shrink: true }}
          />
        )}
      />
      <Autocomplete
        multiple
        freeSolo
        autoSelect
        size="small"
        options={[]}
        value={hours.holidays}
        onChange={(_, chosen) =>
          set({ holidays: [...new Set(chosen.flatMap(daysIn))].sort() })
        }
        sx={{ gridColumn: '1 / -1' }}
        renderInput={params => (
          <TextField
            {...params}
            label="Days off"
            placeholder={
              hours.holidays.length === 0 ? '2026-12-25, 2027-01-01' : undefined
            }
            helperText="It sleeps all day on these. Several can be pasted at once."
            FormHelperTextProps={{ sx: { mx: 0 } }}
            InputLabelProps={{ ...params.InputLabelProps, shrink: true }}
          />
        )}
      />
    </Box>
  );
}

/** The days in a text; one that is none stays as it was typed, so that it can be mended. */
function daysIn(text: string): string[] {
  return text.split(/[\s,;]+/).filter(Boolean);
}
