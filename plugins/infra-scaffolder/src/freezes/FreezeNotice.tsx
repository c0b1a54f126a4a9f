import Alert from '@mui/material/Alert';
import { useApi } from '@backstage/frontend-plugin-api';
import type { Freezable } from '@slipway/plugin-infra-scaffolder-common';
import { Time, useLoad } from '@slipway/ui';
import { infraApiRef } from '../api';

const READ_EVERY_MS = 60_000;

/** Says that a change freeze covers something now, or will within a day; nothing otherwise. */
export function FreezeNotice(props: { subject: Freezable }) {
  const { accountId, size, system } = props.subject;
  const api = useApi(infraApiRef);
  const { value } = useLoad(
    () => api.getFreezeOutlook({ accountId, size, system }),
    [api, accountId, size, system],
    { everyMs: READ_EVERY_MS },
  );
  const [now] = value?.now ?? [];
  const [soon] = value?.soon ?? [];
  if (now) {
    return (
      <Alert severity="warning" variant="outlined">
        Change freeze “{now.title}” until <Time at={now.until} />. Plans can be
        made; nothing is applied before it ends.
      </Alert>
    );
  }
  return soon ? (
    <Alert severity="info" variant="outlined">
      Change freeze “{soon.title}” begins <Time at={soon.from} />. What is not
      applied by then waits until <Time at={soon.until} />.
    </Alert>
  ) : null;
}
