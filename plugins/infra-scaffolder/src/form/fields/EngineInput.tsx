import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import {
  INFRA_ENGINES,
  type EngineAvailability,
  type EngineId,
  type RequestIssue,
} from '@slipway/plugin-infra-scaffolder-common';
import { FieldIssue } from './FieldIssue';

/** Chooses what makes the environment; what cannot says why. */
export function EngineInput(props: {
  supported: EngineId[];
  engines: EngineAvailability[];
  value: EngineId;
  onChange: (engine: EngineId) => void;
  issue?: RequestIssue;
}) {
  const { supported, engines, value, onChange, issue } = props;
  const isEngine = (id: string): id is EngineId =>
    INFRA_ENGINES.some(engine => engine === id);
  return (
    <Box component="fieldset" sx={{ border: 0, p: 0, m: 0, minWidth: 0 }}>
      <Box component="legend" sx={{ fontSize: 14, fontWeight: 600 }}>
        Engine
      </Box>
      <RadioGroup
        row
        value={value}
        onChange={(_, id) => isEngine(id) && onChange(id)}
      >
        {engines.map(engine => {
          const why = whyNot(engine, supported);
          return (
            <FormControlLabel
              key={engine.id}
              value={engine.id}
              disabled={Boolean(why)}
              control={<Radio size="small" />}
              sx={{ mr: 4 }}
              label={
                <Box sx={{ fontSize: 14 }}>
                  {engine.title}
                  {why && <Box sx={{ fontSize: 12 }}>{why}</Box>}
                </Box>
              }
            />
          );
        })}
      </RadioGroup>
      {issue && (
        <FormHelperText error component="div" sx={{ mx: 0 }}>
          <FieldIssue
            issue={issue}
            onUse={suggestion =>
              isEngine(String(suggestion)) &&
              onChange(String(suggestion) as EngineId)
            }
          />
        </FormHelperText>
      )}
    </Box>
  );
}

function whyNot(engine: EngineAvailability, supported: EngineId[]) {
  if (!supported.some(id => id === engine.id)) {
    return 'This blueprint has no part for it.';
  }
  return engine.available ? undefined : engine.reason ?? 'Not available now.';
}
