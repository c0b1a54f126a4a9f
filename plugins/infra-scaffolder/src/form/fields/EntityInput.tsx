import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';
import type { RequestIssue } from '@slipway/plugin-infra-scaffolder-common';
import { nameOfRef } from '../../shared/words';
import type { EntityChoice } from '../useChoices';
import { FieldIssue } from './FieldIssue';

/** Chooses an entity; the person's own come first. */
export function EntityInput(props: {
  label: string;
  value: string;
  choices: EntityChoice[];
  groups: { own: string; others: string };
  onChange: (ref: string) => void;
  issue?: RequestIssue;
  hint?: string;
}) {
  const { label, value, choices, groups, onChange, issue, hint } = props;
  const chosen = choices.find(choice => choice.ref === value) ?? null;
  return (
    <Autocomplete
      size="small"
      options={choices}
      value={chosen}
      onChange={(_, choice) => onChange(choice?.ref ?? '')}
      groupBy={choice => (choice.own ? groups.own : groups.others)}
      getOptionLabel={choice => choice.title}
      isOptionEqualToValue={(a, b) => a.ref === b.ref}
      renderOption={(optionProps, choice) => (
        <li {...optionProps} key={choice.ref} title={choice.ref}>
          {choice.title}
          <span style={{ opacity: 0.6, marginLeft: 8, fontSize: 12 }}>
            {nameOfRef(choice.ref)}
          </span>
        </li>
      )}
      renderInput={params => (
        <TextField
          {...params}
          label={label}
          error={Boolean(issue)}
          InputLabelProps={{ ...params.InputLabelProps, shrink: true }}
          FormHelperTextProps={{ component: 'div', sx: { mx: 0 } }}
          helperText={
            <FieldIssue
              issue={issue}
              hint={hint}
              onUse={suggestion => onChange(String(suggestion))}
            />
          }
        />
      )}
    />
  );
}
