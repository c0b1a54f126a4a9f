import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  LONGEST_EXEMPTION_DAYS,
  type Environment,
  type NewExemption,
  type PolicyFinding,
} from '@slipway/plugin-infra-scaffolder-common';
import { ConfirmDialog } from '@slipway/ui';
import { useEffect, useState } from 'react';
import { infraApiRef } from '../api';

const DAY_MS = 24 * 60 * 60 * 1000;
const USUAL_DAYS = 30;

function dayAfter(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
}

/** Asks for what a rule denies to be let through, or lets it through: for whom, why, until when. */
export function ExemptionDialog(props: {
  /** Undefined: closed. */
  finding?: PolicyFinding;
  environment: Pick<Environment, 'id' | 'name' | 'owner'>;
  /** Grants at once; else it asks. */
  mayGrant: boolean;
  onClose: () => void;
  onDone: () => void;
}) {
  const { finding, environment, mayGrant, onClose, onDone } = props;
  const api = useApi(infraApiRef);
  const [pattern, setPattern] = useState('');
  const [owner, setOwner] = useState('');
  const [until, setUntil] = useState('');
  const [everywhere, setEverywhere] = useState(false);
  useEffect(() => {
    if (finding) {
      setPattern(finding.path ?? '*');
      setOwner(environment.owner);
      setUntil(dayAfter(USUAL_DAYS));
      setEverywhere(false);
    }
  }, [finding, environment.owner]);

  const send = async (reason: string) => {
    const exemption: NewExemption = {
      rule: finding!.rule,
      resourcePattern: pattern.trim(),
      owner: owner.trim(),
      reason,
      expiresAt: until && `${until}T23:59:59Z`,
      ...(!everywhere && { environmentId: environment.id }),
    };
    if (mayGrant) {
      await api.grantExemption(exemption);
    } else {
      await api.askForExemption(exemption);
    }
    onDone();
  };
  return (
    <ConfirmDialog
      open={finding !== undefined}
      title={
        mayGrant
          ? `Exempt from “${finding?.title ?? ''}”?`
          : `Ask for an exemption from “${finding?.title ?? ''}”?`
      }
      verb={mayGrant ? 'Exempt it' : 'Ask for it'}
      reason={{
        label: 'Why it is left as it is',
        placeholder: 'What it is for, and what is done instead',
      }}
      onClose={onClose}
      onConfirm={({ reason }) => send(reason)}
    >
      {mayGrant
        ? 'It holds at once: plans that are against this rule can be confirmed and applied until the day you give.'
        : 'An approver is told. Until somebody grants it the plan cannot be confirmed.'}
      <Stack spacing={2} sx={{ pt: 2 }}>
        <TextField
          size="small"
          label="Resources"
          helperText="The path of one, or with * for anything, e.g. database/*"
          value={pattern}
          onChange={event => setPattern(event.target.value)}
          inputProps={{ spellCheck: false }}
        />
        <TextField
          size="small"
          label="Who answers for it"
          helperText="A group or a person: told before it ends"
          value={owner}
          onChange={event => setOwner(event.target.value)}
          inputProps={{ spellCheck: false }}
        />
        <TextField
          size="small"
          type="date"
          label="Holds until the end of (UTC)"
          helperText={`At most ${LONGEST_EXEMPTION_DAYS} days ahead`}
          value={until}
          onChange={event => setUntil(event.target.value)}
          inputProps={{ min: dayAfter(0), max: dayAfter(365) }}
          InputLabelProps={{ shrink: true }}
        />
        {mayGrant && (
          <FormControlLabel
            control={
              <Checkbox
                size="small"
                checked={everywhere}
                onChange={event => setEverywhere(event.target.checked)}
              />
            }
            label={`In every environment, not in ${environment.name} only`}
          />
        )}
      </Stack>
    </ConfirmDialog>
  );
}
