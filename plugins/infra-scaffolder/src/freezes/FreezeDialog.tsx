import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import type { FreezePeriod } from '@slipway/plugin-infra-scaffolder-common';
import { ConfirmDialog } from '@slipway/ui';
import { useEffect, useState } from 'react';
import { ScopeInput } from './ScopeInput';
import { useScopeChoices } from './useScopeChoices';

/** What a person decides of a freeze. */
type NewFreeze = Pick<FreezePeriod, 'title' | 'from' | 'until' | 'scope'>;

const EMPTY: NewFreeze = {
  title: '',
  from: '',
  until: '',
  scope: { accountIds: [], sizes: [], systems: [] },
};

const SCOPES = [
  { name: 'accountIds', label: 'Accounts', all: 'All accounts' },
  { name: 'sizes', label: 'Sizes', all: 'All sizes' },
  { name: 'systems', label: 'Systems', all: 'All systems' },
] as const;

/** Of a time in UTC, to the minute, as the browser's input has it. */
function inputOf(utc: string): string {
  return utc.slice(0, 16);
}

function utcOf(input: string): string {
  return input && `${input}:00Z`;
}

/** Asks for a period in which nothing is applied, or for what is to become of one. */
export function FreezeDialog(props: {
  open: boolean;
  /** The one to change; undefined for a new one. */
  period?: NewFreeze;
  onClose: () => void;
  onSave: (period: NewFreeze) => Promise<void>;
}) {
  const { open, period, onClose, onSave } = props;
  const [freeze, setFreeze] = useState(EMPTY);
  const choices = useScopeChoices();
  useEffect(() => {
    if (open) {
      setFreeze(period ?? EMPTY);
    }
  }, [open, period]);
  const set = (part: Partial<NewFreeze>) =>
    setFreeze(old => ({ ...old, ...part }));
  return (
    <ConfirmDialog
      open={open}
      title={period ? `Change “${period.title}”` : 'Add a change freeze'}
      verb={period ? 'Save the freeze' : 'Add this freeze'}
      onClose={onClose}
      onConfirm={() => {
        const { title, from, until, scope } = freeze;
        return onSave({ title, from, until, scope });
      }}
    >
      <Box
        sx={{
          display: 'grid',
          gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' },
          gap: 2,
          pt: 1,
        }}
      >
        <TextField
          size="small"
          label="Title"
          placeholder="Black Friday"
          value={freeze.title}
          onChange={event => set({ title: event.target.value })}
          InputLabelProps={{ shrink: true }}
          sx={{ gridColumn: '1 / -1' }}
        />
        {(['from', 'until'] as const).map(name => (
          <TextField
            key={name}
            size="small"
            type="datetime-local"
            label={name === 'from' ? 'From (UTC)' : 'Until (UTC)'}
            value={inputOf(freeze[name])}
            onChange={event => set({ [name]: utcOf(event.target.value) })}
            InputLabelProps={{ shrink: true }}
          />
        ))}
        {SCOPES.map(({ name, label, all }) => (
          <Box key={name} sx={{ gridColumn: '1 / -1' }}>
            <ScopeInput
              label={label}
              all={all}
              value={freeze.scope[name]}
              choices={choices[name]}
              onChange={value =>
                set({ scope: { ...freeze.scope, [name]: value } })
              }
            />
          </Box>
        ))}
      </Box>
    </ConfirmDialog>
  );
}
