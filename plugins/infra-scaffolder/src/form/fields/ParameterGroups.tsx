import ChevronIcon from '@mui/icons-material/ChevronRight';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import type { JsonValue } from '@backstage/types';
import {
  completeParameters,
  type Blueprint,
  type ParameterSchema,
  type RequestIssue,
} from '@slipway/plugin-infra-scaffolder-common';
import { useState } from 'react';
import type { DraftRequest } from '../model/request';
import { WasMark } from './WasMark';
import { ParameterInput } from './ParameterInput';

interface GroupsProps {
  blueprint: Blueprint;
  draft: DraftRequest;
  issues: RequestIssue[];
  onChange: (name: string, value: JsonValue | undefined) => void;
  /** Of a change: what changed parameters were, in words by name, and how one becomes that again. */
  change?: { was: Record<string, string>; onRestore: (name: string) => void };
}

/** The blueprint's parameters under their headings; the advanced ones are folded until one is wrong or changed. */
export function ParameterGroups(props: GroupsProps) {
  const { blueprint } = props;
  const groups = new Map<string, Array<[string, ParameterSchema]>>();
  for (const entry of Object.entries(blueprint.parameters)) {
    const { group } = entry[1];
    groups.set(group, [...(groups.get(group) ?? []), entry]);
  }
  return (
    <>
      {[...groups].map(([name, parameters]) => (
        <Group key={name} {...props} name={name} parameters={parameters} />
      ))}
    </>
  );
}

function Group(
  props: GroupsProps & {
    name: string;
    parameters: Array<[string, ParameterSchema]>;
  },
) {
  const { name, parameters, issues } = props;
  const [open, setOpen] = useState(false);
  const usual = parameters.filter(([, schema]) => !schema.advanced);
  const advanced = parameters.filter(([, schema]) => schema.advanced);
  const wrong = advanced.some(([id]) =>
    issues.some(issue => issue.path === `parameters.${id}`),
  );
  const changed = advanced.some(([id]) => props.change?.was[id] !== undefined);
  const shown = open || wrong || changed;
  return (
    <Box
      component="fieldset"
      sx={{ border: 0, p: 0, m: 0, minWidth: 0, display: 'grid', gap: 1.5 }}
    >
      <Box component="legend" sx={{ fontSize: 14, fontWeight: 600, mb: 1 }}>
        {name}
      </Box>
      {usual.length > 0 && <Inputs {...props} parameters={usual} />}
      {advanced.length > 0 && (
        <Box>
          <Button
            size="small"
            color="inherit"
            aria-expanded={shown}
            onClick={() => setOpen(!open)}
            startIcon={
              <ChevronIcon
                sx={{ transform: shown ? 'rotate(90deg)' : 'none' }}
              />
            }
          >
            {name}: {advanced.length} advanced
          </Button>
        </Box>
      )}
      {shown && <Inputs {...props} parameters={advanced} />}
    </Box>
  );
}

function Inputs(
  props: GroupsProps & { parameters: Array<[string, ParameterSchema]> },
) {
  const { blueprint, draft, issues, onChange, parameters, change } = props;
  const values = completeParameters(blueprint, draft.size, draft.parameters);
  const usual = completeParameters(blueprint, draft.size, {});
  return (
    <Box
      sx={{
        display: 'grid',
        columnGap: 2,
        rowGap: 2.5,
        gridTemplateColumns: 'repeat(auto-fill, minmax(240px, 1fr))',
        alignItems: 'start',
      }}
    >
      {parameters.map(([name, schema]) => {
        const was = change?.was[name];
        const input = (
          <ParameterInput
            key={name}
            schema={schema}
            value={values[name] as JsonValue}
            usual={usual[name] as JsonValue}
            byHand={was === undefined && Object.hasOwn(draft.parameters, name)}
            issue={issues.find(issue => issue.path === `parameters.${name}`)}
            onChange={value => onChange(name, value)}
          />
        );
        return change ? (
          <WasMark
            key={name}
            title={schema.title}
            was={was}
            onRestore={() => change.onRestore(name)}
          >
            {input}
          </WasMark>
        ) : (
          input
        );
      })}
    </Box>
  );
}
