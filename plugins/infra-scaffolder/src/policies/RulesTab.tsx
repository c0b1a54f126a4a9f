import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import type {
  Policy,
  PolicyEffect,
  PolicyRule,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  DataTable,
  EmptyState,
  StatusText,
  useUrlState,
  type DataTableColumn,
  type Health,
  type Loaded,
} from '@slipway/ui';
import { useMemo, type ReactNode } from 'react';

const EFFECTS: Record<PolicyEffect, { health: Health; word: string }> = {
  deny: { health: 'failing', word: 'Denies' },
  warn: { health: 'attention', word: 'Warns' },
  off: { health: 'unknown', word: 'Off' },
};

function typesOf({ policies }: PolicyRule): string {
  const types = new Set(policies.flatMap(policy => policy.types));
  return types.size > 3
    ? `${types.size} types of resource`
    : [...types].join(', ') || 'The plan as a whole';
}

const COLUMNS: Array<DataTableColumn<PolicyRule>> = [
  { id: 'title', title: 'Rule', value: row => row.title },
  {
    id: 'effect',
    title: 'Effect',
    value: row => EFFECTS[row.effect].word,
    render: row => (
      <StatusText health={EFFECTS[row.effect].health}>
        {EFFECTS[row.effect].word}
      </StatusText>
    ),
    filter: 'choice',
    width: '110px',
  },
  { id: 'types', title: 'Looks at', value: typesOf },
  {
    id: 'id',
    title: 'Id',
    value: row => row.rule,
    render: row => <code>{row.rule}</code>,
  },
];

/** The rules that plans are held to; each opens to what it says, how to mend it, and how it is written. */
export function RulesTab(props: {
  rules: Loaded<{ items: PolicyRule[]; isChecked: boolean }>;
  error?: ReactNode;
}) {
  const { rules, error } = props;
  const [wanted] = useUrlState('rule');
  const rows = useMemo(
    () =>
      [...(rules.value?.items ?? [])].sort(
        (a, b) => Number(b.rule === wanted) - Number(a.rule === wanted),
      ),
    [rules.value, wanted],
  );
  return (
    <Paper variant="outlined">
      <DataTable
        name="rules"
        urlPrefix="rules"
        columns={COLUMNS}
        rows={rows}
        rowId={row => row.rule}
        loading={rules.loading && !rules.value}
        error={error}
        alwaysOpen={row => row.rule === wanted}
        detail={row => (
          <Box sx={{ display: 'grid', gap: 2, py: 1 }}>
            {row.policies.map(policy => (
              <PolicyText key={policy.id} policy={policy} />
            ))}
          </Box>
        )}
        empty={
          <EmptyState
            title="No rules"
            why="No module holds plans to rules, or all of its folders are switched off in infraScaffolder.policy."
          />
        }
      />
    </Paper>
  );
}

function PolicyText(props: { policy: Policy }) {
  const { message, mend, unknown, text, types, effect } = props.policy;
  const few = types.length <= 6 ? types.join(', ') : `${types.length} types`;
  return (
    <Box sx={{ fontSize: 14, minWidth: 0 }}>
      <Box sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>
        {few || 'The plan as a whole'}
        {effect === 'warn' && ' (warns)'}
      </Box>
      <Box>
        {message} {mend}
      </Box>
      <Box sx={{ color: 'text.secondary', fontSize: 12 }}>
        A value that is known only afterwards {unknown}.
      </Box>
      <Box
        component="pre"
        sx={{
          m: 0,
          mt: 1,
          p: 1,
          fontSize: 12,
          lineHeight: 1.5,
          whiteSpace: 'pre-wrap',
          overflowWrap: 'anywhere',
          border: 1,
          borderColor: 'divider',
          borderRadius: 1,
          maxHeight: 320,
          overflowY: 'auto',
        }}
        // A region that scrolls has to be reached by keyboard.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        {text}
      </Box>
    </Box>
  );
}
