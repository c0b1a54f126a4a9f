import { useApi } from '@backstage/frontend-plugin-api';
import type { Environment } from '@slipway/plugin-infra-scaffolder-common';
import { ConfirmDialog, formatCount, useLoad } from '@slipway/ui';
import { useNavigate } from 'react-router-dom';
import { infraApiRef } from '../api';
import { useLinks } from '../shared/useLinks';

/** Asks for the name before a plan to destroy is made; the plan is confirmed on its own page. */
export function DestroyDialog(props: {
  environment: Environment;
  open: boolean;
  onClose: () => void;
}) {
  const { environment, open, onClose } = props;
  const { id, name, region, accountId } = environment;
  const api = useApi(infraApiRef);
  const links = useLinks();
  const navigate = useNavigate();
  const { value } = useLoad(
    async () => (open ? (await api.listResources(id)).items.length : undefined),
    [api, id, open],
  );
  return (
    <ConfirmDialog
      open={open}
      danger
      title={`Destroy ${name}?`}
      verb={`Plan to destroy ${name}`}
      typeName={name}
      onClose={onClose}
      onConfirm={async input => {
        const { runId } = await api.destroyEnvironment(id, input.name);
        navigate(links.run(name, runId));
      }}
    >
      <p style={{ marginTop: 0 }}>
        {value === undefined
          ? 'Everything that was made for it'
          : formatCount(value, 'resource')}{' '}
        in account {accountId}, {region}, will be deleted with all data in them.
      </p>
      <p>
        You see the plan first, resource by resource; nothing is deleted before
        you confirm it there.
      </p>
    </ConfirmDialog>
  );
}
