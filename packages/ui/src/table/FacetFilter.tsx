import Button from '@mui/material/Button';
import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import ListItemText from '@mui/material/ListItemText';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import DropIcon from '@mui/icons-material/ArrowDropDown';
import { useState } from 'react';

/** One value that a facet can be narrowed to. @public */
export interface FacetChoice {
  value: string;
  /** What it is called; the value itself unless told. */
  label?: string;
  /** How many rows have it. */
  count: number;
}

/** Narrows a list to one value of a facet or several, each with how many rows have it. @public */
export function FacetFilter(props: {
  title: string;
  choices: FacetChoice[];
  chosen: string[];
  onChange: (chosen: string[]) => void;
}) {
  const { title, choices, chosen, onChange } = props;
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const gone = chosen
    .filter(value => !choices.some(choice => choice.value === value))
    .map((value): FacetChoice => ({ value, count: 0 }));
  const all = [...choices, ...gone];
  return (
    <>
      <Button
        size="small"
        variant="outlined"
        color={chosen.length > 0 ? 'primary' : 'inherit'}
        aria-haspopup="menu"
        aria-label={`Filter by ${titleOf(title, all, chosen)}`}
        aria-expanded={Boolean(anchor)}
        endIcon={<DropIcon />}
        onClick={event => setAnchor(event.currentTarget)}
        sx={{
          borderColor: chosen.length > 0 ? undefined : 'divider',
          fontWeight: chosen.length > 0 ? 600 : 400,
          maxWidth: 260,
          '& .MuiButton-endIcon': { ml: 0.25 },
        }}
      >
        <Box
          component="span"
          sx={{
            overflow: 'hidden',
            textOverflow: 'ellipsis',
            whiteSpace: 'nowrap',
          }}
        >
          {titleOf(title, all, chosen)}
        </Box>
      </Button>
      <Menu
        anchorEl={anchor}
        open={Boolean(anchor)}
        onClose={() => setAnchor(null)}
        slotProps={{ paper: { sx: { maxHeight: 420, minWidth: 220 } } }}
      >
        {all.map(({ value, label, count }) => {
          const on = chosen.includes(value);
          return (
            <MenuItem
              key={value}
              dense
              role="menuitemcheckbox"
              aria-checked={on}
              data-value={value}
              onClick={() =>
                onChange(
                  on
                    ? chosen.filter(other => other !== value)
                    : [...chosen, value],
                )
              }
            >
              <Checkbox
                size="small"
                checked={on}
                tabIndex={-1}
                sx={{ p: 0.5, mr: 1 }}
              />
              <ListItemText>{label ?? value}</ListItemText>
              <Box
                component="span"
                sx={{
                  ml: 3,
                  color: 'text.secondary',
                  fontSize: 12,
                  fontVariantNumeric: 'tabular-nums',
                }}
              >
                {count.toLocaleString('en-US')}
              </Box>
            </MenuItem>
          );
        })}
      </Menu>
    </>
  );
}

function titleOf(title: string, choices: FacetChoice[], chosen: string[]) {
  if (chosen.length === 0) {
    return title;
  }
  const [first] = chosen;
  const label = choices.find(choice => choice.value === first)?.label ?? first;
  return chosen.length === 1
    ? `${title}: ${label}`
    : `${title}: ${chosen.length} chosen`;
}
