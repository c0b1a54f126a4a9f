import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { useApi } from '@backstage/frontend-plugin-api';
import type { Freezable } from '@slipway/plugin-infra-scaffolder-common';
import { ConfirmDialog, Time, useLoad } from '@slipway/ui';
import { useState } from 'react';
import { infraApiRef } from '../api';

const READ_EVERY_MS = 60_000;

/** Says that a change freeze covers something now, or will within a day; nothing otherwise. */
export function FreezeNotice(props: {
  subject: Freezable;
  /** The plan that the person may let through. */
  override?: { runId: string; planId: string; planHash: string };
}) {
  const { override } = props;
  const [isAsking, setAsking] = useState(false);
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
      <>
        <Alert
          severity="warning"
          variant="outlined"
          action={
            override && (
              <Button size="small" onClick={() => setAsking(true)}>
                Let this plan through
              </Button>
            )
          }
        >
          Change freeze “{now.title}” until <Time at={now.until} />. Plans can
          be made; nothing is applied before it ends.
        </Alert>
        {override && (
          <ConfirmDialog
            open={isAsking}
            danger
            title={`Let plan ${override.planId} through the change freeze?`}
            verb="Let this plan through"
            reason={{ label: 'Why', placeholder: 'What cannot wait' }}
            onClose={() => setAsking(false)}
            onConfirm={({ reason }) =>
              api.overrideFreeze(override.runId, {
                planHash: override.planHash,
                reason,
              })
            }
          >
            This plan only may then be confirmed and applied during “{now.title}
            ”. Your name and the reason stay in the activity and the audit log.
          </ConfirmDialog>
        )}
      </>
    );
  }
  return soon ? (
    <Alert severity="info" variant="outlined">
      Change freeze “{soon.title}” begins <Time at={soon.from} />. What is not
      applied by then waits until <Time at={soon.until} />.
    </Alert>
  ) : null;
}
