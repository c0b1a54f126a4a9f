import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import type { FreezePeriod } from '@slipway/plugin-infra-scaffolder-common';
import { ConfirmDialog } from '@slipway/ui';
import { useState } from 'react';

type NewFreeze = Pick<FreezePeriod, 'title' | 'from' | 'until' | 'scope'>;

const EMPTY = {
  title: '',
  from: '',
  until: '',
  accountIds: '',
  sizes: '',
  systems: '',
};

const FIELDS: Array<{
  name: keyof typeof EMPTY;
  label: string;
  type?: 'datetime-local';
  hint?: string;
}> = [
  { name: 'title', label: 'Title' },
  { name: 'from', label: 'From (UTC)', type: 'datetime-local' },
  { name: 'until', label: 'Until (UTC)', type: 'datetime-local' },
  {
    name: 'accountIds',
    label: 'Accounts',
    hint: 'Ids, with commas between; empty: all',
  },
  { name: 'sizes', label: 'Sizes', hint: 'e.g. prod; empty: all' },
  {
    name: 'systems',
    label: 'Systems',
    hint: 'e.g. system:default/shop; empty: all',
  },
];

function listOf(text: string): string[] {
  return text
    .split(',')
    .map(part => part.trim())
    .filter(Boolean);
}

/** What a person has written, as the back end reads it; it says what is wrong with it. */
function freezeOf(fields: typeof EMPTY): NewFreeze {
  const utc = (local: string) => (local ? `${local}:00Z` : '');
  return {
    title: fields.title,
    from: utc(fields.from),
    until: utc(fields.until),
    scope: {
      accountIds: listOf(fields.accountIds),
      sizes: listOf(fields.sizes),
      systems: listOf(fields.systems),
    },
  };
}

/** Asks for a period in which nothing is applied. */
export function FreezeDialog(props: {
  open: boolean;
  onClose: () => void;
  onAdd: (period: NewFreeze) => Promise<void>;
}) {
  const { open, onClose, onAdd } = props;
  const [fields, setFields] = useState(EMPTY);
  return (
    <ConfirmDialog
      open={open}
      title="Add a change freeze"
      verb="Add this freeze"
      onClose={onClose}
      onConfirm={async () => {
        await onAdd(freezeOf(fields));
        setFields(EMPTY);
      }}
    >
      <Stack spacing={2} sx={{ pt: 1 }}>
        {FIELDS.map(({ name, label, type, hint }) => (
          <TextField
            key={name}
            size="small"
            label={label}
            type={type}
            helperText={hint}
            value={fields[name]}
            onChange={event =>
              setFields(old => ({ ...old, [name]: event.target.value }))
            }
            InputLabelProps={type && { shrink: true }}
          />
        ))}
      </Stack>
    </ConfirmDialog>
  );
}
