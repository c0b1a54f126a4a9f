import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import Link from '@mui/material/Link';
import Switch from '@mui/material/Switch';
import TextField from '@mui/material/TextField';
import type { JsonValue } from '@backstage/types';
import type {
  ParameterSchema,
  RequestIssue,
} from '@slipway/plugin-infra-scaffolder-common';
import { formatParameter } from '../../shared/ParameterFacts';
import { ChoiceInput } from './ChoiceInput';
import { FieldIssue } from './FieldIssue';
import { TextInput } from './TextInput';

/** One parameter of a blueprint, by its schema. */
export interface ParameterInputProps {
  schema: ParameterSchema;
  value: JsonValue;
  /** What the size gives. */
  usual: JsonValue;
  byHand: boolean;
  issue?: RequestIssue;
  /** Without a value it follows the size again. */
  onChange: (value: JsonValue | undefined) => void;
}

/** Asks for one parameter of a blueprint in the way that fits its schema. */
export function ParameterInput(props: ParameterInputProps) {
  const { schema, value, issue, onChange } = props;
  const hint = <Hint {...props} />;
  if (schema.enum) {
    const choices = schema.enum.map(choice => ({
      value: String(choice),
      title: formatParameter(choice, schema),
    }));
    return (
      <ChoiceInput
        label={schema.title}
        value={String(value)}
        choices={choices}
        issue={issue}
        hint={hint}
        onChange={text =>
          onChange(schema.enum!.find(choice => String(choice) === text))
        }
      />
    );
  }
  switch (schema.type) {
    case 'boolean':
      return (
        <Box>
          <FormControlLabel
            label={schema.title}
            slotProps={{ typography: { fontSize: 14 } }}
            sx={{ ml: 0, gap: 1, minHeight: 37 }}
            control={
              <Switch
                size="small"
                checked={value === true}
                onChange={(_, on) => onChange(on)}
              />
            }
          />
          <FormHelperText component="div" error={Boolean(issue)} sx={{ mx: 0 }}>
            <FieldIssue issue={issue} hint={hint} onUse={onChange} />
          </FormHelperText>
        </Box>
      );
    case 'array':
      return <ListInput {...props} />;
    default:
      return (
        <TextInput
          label={schema.title}
          value={String(value ?? '')}
          unit={schema.unit}
          numeric={schema.type !== 'string'}
          issue={issue}
          hint={hint}
          onChange={text => onChange(read(text, schema))}
        />
      );
  }
}

/** Numbers where the text is one; else the text, which the check refuses with the schema's own words. */
export function read(text: string, schema: ParameterSchema): JsonValue {
  if (schema.type === 'string') {
    return text;
  }
  const trimmed = text.trim();
  return /^-?\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : text;
}

function ListInput(props: ParameterInputProps) {
  const { schema, value, issue, onChange } = props;
  return (
    <Autocomplete
      multiple
      size="small"
      freeSolo={!schema.items?.enum}
      options={schema.items?.enum ?? []}
      value={Array.isArray(value) ? value.map(String) : []}
      onChange={(_, items) => onChange(items)}
      renderInput={params => (
        <TextField
          {...params}
          label={schema.title}
          error={Boolean(issue)}
          InputLabelProps={{ ...params.InputLabelProps, shrink: true }}
          FormHelperTextProps={{ component: 'div', sx: { mx: 0 } }}
          helperText={
            <FieldIssue
              issue={issue}
              hint={<Hint {...props} />}
              onUse={onChange}
            />
          }
        />
      )}
    />
  );
}

function Hint(props: ParameterInputProps) {
  const { schema, usual, byHand, onChange } = props;
  return (
    <>
      {schema.description}
      {schema.document && (
        <Box component="span" sx={{ display: 'block' }}>
          Document says {formatParameter(schema.document.value, schema)}.{' '}
          {schema.document.reason}
        </Box>
      )}
      {byHand && (
        <Box component="span" sx={{ display: 'block' }}>
          Set by hand.{' '}
          <Link
            component="button"
            type="button"
            onClick={() => onChange(undefined)}
            sx={{ fontSize: 'inherit', verticalAlign: 'baseline' }}
          >
            Back to {formatParameter(usual, schema)}
          </Link>
        </Box>
      )}
    </>
  );
}
