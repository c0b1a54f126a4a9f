import Autocomplete from '@mui/material/Autocomplete';
import TextField from '@mui/material/TextField';

/** One of what a freeze may be kept to. */
export interface ScopeChoice {
  value: string;
  title: string;
}

/** Chooses what a freeze covers; nothing chosen is all. */
export function ScopeInput(props: {
  label: string;
  /** Said while nothing is chosen, e.g. `All accounts`. */
  all: string;
  value: string[];
  choices: ScopeChoice[];
  onChange: (value: string[]) => void;
}) {
  const { label, all, value, choices, onChange } = props;
  const titleOf = (chosen: string) =>
    choices.find(choice => choice.value === chosen)?.title ?? chosen;
  return (
    <Autocomplete
      multiple
      freeSolo
      autoSelect
      size="small"
      options={choices.map(choice => choice.value)}
      getOptionLabel={titleOf}
      value={value}
      onChange={(_, chosen) => onChange(chosen.map(text => text.trim()))}
      renderInput={params => (
        <TextField
          {...params}
          label={label}
          placeholder={value.length === 0 ? all : undefined}
          InputLabelProps={{ ...params.InputLabelProps, shrink: true }}
        />
      )}
    />
  );
}
