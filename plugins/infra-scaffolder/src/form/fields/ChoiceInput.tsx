import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import type { RequestIssue } from '@slipway/plugin-infra-scaffolder-common';
import type { ReactNode } from 'react';
import { FieldIssue } from './FieldIssue';

/** Chooses one of a few; one that cannot be chosen says why. */
export function ChoiceInput(props: {
  label: string;
  value: string;
  choices: Array<{ value: string; title: string; why?: string }>;
  onChange: (value: string) => void;
  issue?: RequestIssue;
  hint?: ReactNode;
}) {
  const { label, value, choices, onChange, issue, hint } = props;
  const known = choices.some(choice => choice.value === value);
  return (
    <TextField
      select
      fullWidth
      size="small"
      label={label}
      value={known ? value : ''}
      error={Boolean(issue)}
      onChange={event => onChange(event.target.value)}
      InputLabelProps={{ shrink: true }}
      FormHelperTextProps={{ component: 'div', sx: { mx: 0 } }}
      helperText={
        <FieldIssue
          issue={issue}
          hint={hint}
          onUse={suggestion => onChange(String(suggestion))}
        />
      }
    >
      {choices.map(choice => (
        <MenuItem
          key={choice.value}
          value={choice.value}
          disabled={Boolean(choice.why)}
          sx={{ whiteSpace: 'normal' }}
        >
          {choice.title}
          {choice.why && ` (${choice.why})`}
        </MenuItem>
      ))}
    </TextField>
  );
}
