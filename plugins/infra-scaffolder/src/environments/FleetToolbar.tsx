import DownloadIcon from '@mui/icons-material/Download';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import MenuItem from '@mui/material/MenuItem';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import {
  FLEET_FACETS,
  FLEET_GROUPS,
  type FleetFacet,
  type FleetGroupBy,
  type FleetSummary,
} from '@slipway/plugin-infra-scaffolder-common';
import { ColumnsMenu, FacetFilter, formatCount } from '@slipway/ui';
import { useEffect, useState } from 'react';
import type { FleetColumn } from './fleetColumns';
import type { FleetState } from './fleetState';
import { FACET_TITLES, labelOfFacet } from './fleetWords';

const TYPING_MS = 80;

/** Search, a filter for each facet with how many there are, grouping, columns, CSV. */
export function FleetToolbar(props: {
  state: FleetState;
  onChange: (change: Partial<FleetState>) => void;
  summary: FleetSummary | undefined;
  columns: FleetColumn[];
  accountName: (accountId: string) => string;
  onDownload: () => void;
}) {
  const { state, onChange, summary, columns, accountName } = props;
  const { where } = state;
  const narrowed = Object.keys(where).length > 0 || state.search !== '';
  const facets = FLEET_FACETS.filter(
    facet => where[facet] || (summary?.facets[facet].length ?? 0) > 1,
  );
  const label = (facet: FleetFacet, value: string) =>
    facet === 'account' ? accountName(value) : labelOfFacet(facet, value);
  return (
    <Box sx={{ display: 'grid', gap: 1, px: 2, py: 1.5 }}>
      <Box
        sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}
      >
        <SearchField
          value={state.search}
          onChange={search => onChange({ search })}
        />
        <TextField
          select
          size="small"
          value={state.groupBy ?? ''}
          onChange={event =>
            onChange({
              groupBy: (event.target.value || undefined) as FleetGroupBy,
            })
          }
          SelectProps={{
            displayEmpty: true,
            inputProps: { 'aria-label': 'Group by' },
            renderValue: shown =>
              shown
                ? `By ${FACET_TITLES[shown as FleetGroupBy].toLowerCase()}`
                : 'Not grouped',
          }}
        >
          <MenuItem value="">Not grouped</MenuItem>
          {FLEET_GROUPS.map(group => (
            <MenuItem key={group} value={group}>
              By {FACET_TITLES[group].toLowerCase()}
            </MenuItem>
          ))}
        </TextField>
        <FormControlLabel
          label="Destroyed too"
          sx={{ ml: 0.5, gap: 0.5 }}
          slotProps={{ typography: { fontSize: 14 } }}
          control={
            <Switch
              size="small"
              checked={state.includeEnded}
              onChange={(_, on) => onChange({ includeEnded: on })}
            />
          }
        />
        <Box
          role="status"
          data-total={summary?.totals.environments}
          sx={{ color: 'text.secondary', fontSize: 12, ml: 'auto' }}
        >
          {summary && formatCount(summary.totals.environments, 'environment')}
        </Box>
        <Box sx={{ display: { xs: 'none', sm: 'flex' }, gap: 1 }}>
          <ColumnsMenu
            columns={columns}
            toggled={state.toggled}
            onChange={toggled => onChange({ toggled })}
          />
          <Button
            size="small"
            color="inherit"
            startIcon={<DownloadIcon />}
            onClick={props.onDownload}
          >
            CSV
          </Button>
        </Box>
      </Box>
      {facets.length > 0 && (
        <Box
          sx={{
            display: 'flex',
            flexWrap: { xs: 'nowrap', sm: 'wrap' },
            gap: 1,
            overflowX: { xs: 'auto', sm: 'visible' },
            mx: { xs: -2, sm: 0 },
            px: { xs: 2, sm: 0 },
            '& > *': { flexShrink: 0 },
          }}
        >
          {facets.map(facet => (
            <FacetFilter
              key={facet}
              title={FACET_TITLES[facet]}
              chosen={where[facet] ?? []}
              choices={(summary?.facets[facet] ?? []).map(
                ({ value, count }) => ({
                  value,
                  count,
                  label: label(facet, value),
                }),
              )}
              onChange={chosen =>
                onChange({
                  where: {
                    ...where,
                    [facet]: chosen.length > 0 ? chosen : undefined,
                  },
                })
              }
            />
          ))}
          {narrowed && (
            <Button
              size="small"
              onClick={() => onChange({ where: {}, search: '' })}
            >
              Clear filters
            </Button>
          )}
        </Box>
      )}
    </Box>
  );
}

/** What is typed reaches the address, and so the back end, once the typing rests. */
function SearchField(props: {
  value: string;
  onChange: (value: string) => void;
}) {
  const { value, onChange } = props;
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) {
      return undefined;
    }
    const timer = setTimeout(() => onChange(typed), TYPING_MS);
    return () => clearTimeout(timer);
    // A change of the address from elsewhere is taken over by the effect above.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [typed, onChange]);
  return (
    <TextField
      size="small"
      value={typed}
      placeholder="Find environments"
      inputProps={{ 'aria-label': 'Find environments' }}
      onChange={event => setTyped(event.target.value)}
      sx={{ width: { xs: '100%', sm: 200 } }}
    />
  );
}
