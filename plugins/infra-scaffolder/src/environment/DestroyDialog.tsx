import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  fatesOf,
  type Dependent,
  type Environment,
} from '@slipway/plugin-infra-scaffolder-common';
import { ConfirmDialog, formatCount, useLoad } from '@slipway/ui';
import { useNavigate } from 'react-router-dom';
import { infraApiRef, lifetimeApiRef } from '../api';
import { useLinks } from '../shared/useLinks';

/**
 * Asks for the name before a plan to destroy is made; the plan is confirmed on its own page. What others need is not
 * destroyed, but by who may do so in spite of them, for a reason.
 */
export function DestroyDialog(props: {
  environment: Environment;
  open: boolean;
  onClose: () => void;
}) {
  const { environment, open, onClose } = props;
  const { id, name, region, accountId, blueprint } = environment;
  const api = useApi(infraApiRef);
  const lifetimes = useApi(lifetimeApiRef);
  const links = useLinks();
  const navigate = useNavigate();
  const { value: count } = useLoad(
    async () => (open ? (await api.listResources(id)).items.length : undefined),
    [api, id, open],
  );
  const { value: blueprints } = useLoad(
    async () => (open ? api.listBlueprints() : undefined),
    [api, open],
  );
  const { value: needed } = useLoad(
    async () => (open ? lifetimes.listDependents(id) : undefined),
    [lifetimes, id, open],
  );
  const dependents = needed?.items ?? [];
  const isDespite = dependents.length > 0 && Boolean(needed?.mayOverride);
  const fates = fatesOf(
    blueprints?.find(
      each => each.id === blueprint.id && each.version === blueprint.version,
    ),
    environment,
  );
  return (
    <ConfirmDialog
      open={open}
      danger
      title={`Destroy ${name}?`}
      verb={`Plan to destroy ${name}`}
      typeName={name}
      blocked={dependents.length > 0 && !isDespite}
      reason={
        isDespite
          ? {
              label: 'Why, in spite of them',
              placeholder: 'Kept in the activity and the audit log',
            }
          : undefined
      }
      onClose={onClose}
      onConfirm={async input => {
        const { runId } = isDespite
          ? await lifetimes.destroyDespiteDependents(
              id,
              input.name,
              input.reason,
            )
          : await api.destroyEnvironment(id, input.name);
        navigate(links.run(name, runId));
      }}
    >
      {dependents.length > 0 && (
        <NeededBy dependents={dependents} mayOverride={isDespite} />
      )}
      <p style={{ marginTop: 0 }}>
        {count === undefined
          ? 'Everything that was made for it'
          : formatCount(count, 'resource')}{' '}
        in account {accountId}, {region}, will be deleted with all data in them.
      </p>
      <Box
        component="ul"
        sx={{ m: 0, pl: 2.5 }}
        aria-label="What becomes of data"
      >
        {fates.map(fate => (
          <li key={fate}>{fate}</li>
        ))}
      </Box>
      <p>
        You see the plan first, resource by resource; nothing is deleted before
        you confirm it there. A receipt of it is kept.
      </p>
    </ConfirmDialog>
  );
}

function NeededBy(props: { dependents: Dependent[]; mayOverride: boolean }) {
  const { dependents, mayOverride } = props;
  return (
    <Alert severity="error" variant="outlined" sx={{ mb: 2 }}>
      Others need it:
      <Box component="ul" sx={{ m: 0, pl: 2.5, overflowWrap: 'anywhere' }}>
        {dependents.map(({ reason }, index) => (
          <li key={`${reason}${index}`}>{reason}</li>
        ))}
      </Box>
      {mayOverride
        ? 'You may destroy it all the same, for a reason.'
        : 'Take these dependencies away first, in the catalog file or by destroying what follows it.'}
    </Alert>
  );
}
