import Button from '@mui/material/Button';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Environment,
  EnvironmentAllowed,
} from '@slipway/plugin-infra-scaffolder-common';
import { ConfirmDialog } from '@slipway/ui';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { infraApiRef } from '../api';
import { DestroyDialog } from './DestroyDialog';
import { useLinks } from '../shared/useLinks';
import { whyNotChange, whyNotDestroy } from './whyNot';

/** What may be done to an environment; what may not says why. */
export function EnvironmentActions(props: {
  environment: Environment & { allowed: EnvironmentAllowed };
  onChange: () => void;
}) {
  const { environment, onChange } = props;
  const { name, freeze, allowed, status } = environment;
  const api = useApi(infraApiRef);
  const [open, setOpen] = useState<'destroy' | 'freeze' | 'lift'>();
  const links = useLinks();
  const reason = whyNotDestroy(environment);
  const unchangeable = whyNotChange(environment);
  const close = () => setOpen(undefined);
  return (
    <>
      {allowed.freeze && status !== 'destroyed' && (
        <Button
          variant="outlined"
          onClick={() => setOpen(freeze ? 'lift' : 'freeze')}
        >
          {freeze ? 'Lift the freeze' : 'Freeze…'}
        </Button>
      )}
      <span title={reason}>
        <Button
          variant="outlined"
          color="error"
          disabled={Boolean(reason)}
          aria-description={reason}
          onClick={() => setOpen('destroy')}
        >
          Destroy…
        </Button>
      </span>
      <span title={unchangeable}>
        <Button
          variant="contained"
          disableElevation
          disabled={Boolean(unchangeable)}
          aria-description={unchangeable}
          component={Link}
          to={links.change(name)}
        >
          Change…
        </Button>
      </span>
      <DestroyDialog
        environment={environment}
        open={open === 'destroy'}
        onClose={close}
      />
      <ConfirmDialog
        open={open === 'freeze'}
        title={`Freeze ${name}?`}
        verb={`Freeze ${name}`}
        reason={{ label: 'Why', placeholder: 'Said to whoever is refused' }}
        onClose={close}
        onConfirm={async input => {
          await api.freezeEnvironment(environment.id, input.reason);
          onChange();
        }}
      >
        Nobody can change or destroy {name} until the freeze is lifted. What
        runs in it goes on.
      </ConfirmDialog>
      <ConfirmDialog
        open={open === 'lift'}
        title={`Lift the freeze of ${name}?`}
        verb="Lift the freeze"
        onClose={close}
        onConfirm={async () => {
          await api.unfreezeEnvironment(environment.id);
          onChange();
        }}
      >
        {name} can be changed and destroyed again by those who may.
      </ConfirmDialog>
    </>
  );
}
