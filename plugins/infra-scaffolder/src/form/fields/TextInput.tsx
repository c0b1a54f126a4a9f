import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import type { RequestIssue } from '@slipway/plugin-infra-scaffolder-common';
import type { ReactNode } from 'react';
import { FieldIssue } from './FieldIssue';

/** A line of text with what is wrong with it under it. */
export function TextInput(props: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  issue?: RequestIssue;
  hint?: ReactNode;
  unit?: string;
  required?: boolean;
  monospace?: boolean;
  numeric?: boolean;
  end?: ReactNode;
}) {
  const { label, value, onChange, issue, hint, unit, numeric } = props;
  return (
    <TextField
      fullWidth
      size="small"
      label={label}
      value={value}
      error={Boolean(issue)}
      onChange={event => onChange(event.target.value)}
      InputLabelProps={{ shrink: true }}
      inputProps={{
        spellCheck: false,
        'aria-required': props.required,
        autoComplete: 'off',
        inputMode: numeric ? 'decimal' : undefined,
        style: props.monospace ? { fontFamily: 'monospace' } : undefined,
      }}
      InputProps={{
        endAdornment:
          props.end ??
          (unit && <InputAdornment position="end">{unit}</InputAdornment>),
      }}
      FormHelperTextProps={{ component: 'div', sx: { mx: 0 } }}
      helperText={
        <FieldIssue
          issue={issue}
          hint={hint}
          onUse={suggestion => onChange(String(suggestion))}
        />
      }
    />
  );
}
