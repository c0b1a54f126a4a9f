import Box from '@mui/material/Box';
import FormHelperText from '@mui/material/FormHelperText';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import type {
  Blueprint,
  RequestIssue,
} from '@slipway/plugin-infra-scaffolder-common';
import { FieldIssue } from './FieldIssue';

/** Chooses a size; each says what it means. */
export function SizeCards(props: {
  blueprint: Blueprint;
  value: string;
  /** Those allowed in the account; empty means all. */
  allowed: string[];
  accountName: string;
  onChange: (size: string) => void;
  issue?: RequestIssue;
}) {
  const { blueprint, value, allowed, accountName, onChange, issue } = props;
  return (
    <Box component="fieldset" sx={{ border: 0, p: 0, m: 0, minWidth: 0 }}>
      <Box component="legend" sx={{ fontSize: 14, fontWeight: 600, mb: 1 }}>
        Size
      </Box>
      <RadioGroup
        value={value}
        onChange={(_, size) => onChange(size)}
        sx={{
          display: 'grid',
          gap: 1.5,
          gridTemplateColumns: 'repeat(auto-fit, minmax(220px, 1fr))',
        }}
      >
        {Object.entries(blueprint.sizes).map(([id, size]) => {
          const refused = allowed.length > 0 && !allowed.includes(id);
          return (
            <Box
              key={id}
              component="label"
              sx={{
                display: 'flex',
                alignItems: 'flex-start',
                border: 1,
                borderColor: value === id ? 'primary.main' : 'divider',
                boxShadow: theme =>
                  value === id
                    ? `0 0 0 1px ${theme.palette.primary.main}`
                    : 'none',
                borderRadius: 1,
                p: 1,
                pr: 1.5,
                cursor: refused ? 'not-allowed' : 'pointer',
                opacity: refused ? 0.6 : 1,
              }}
            >
              <Radio value={id} disabled={refused} size="small" />
              <Box sx={{ pt: 0.75 }}>
                <Box sx={{ fontSize: 14, fontWeight: 600 }}>{size.title}</Box>
                <Box sx={{ fontSize: 12, color: 'text.secondary' }}>
                  {size.description}
                  {refused && ` Not allowed in ${accountName}.`}
                </Box>
              </Box>
            </Box>
          );
        })}
      </RadioGroup>
      {issue && (
        <FormHelperText error component="div">
          <FieldIssue
            issue={issue}
            onUse={suggestion => onChange(String(suggestion))}
          />
        </FormHelperText>
      )}
    </Box>
  );
}
