import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import { useApi } from '@backstage/frontend-plugin-api';
import type { OutdatedEnvironment } from '@slipway/plugin-infra-scaffolder-common';
import { ErrorState, PlanDiff, useLoad } from '@slipway/ui';
import { useState } from 'react';
import { upgradeApiRef } from '../api';
import { PlanImpact } from '../run/PlanImpact';

/** What an upgrade brings by the blueprint's own words, and on demand what it would change by the engine's. */
export function UpgradeDetail(props: { item: OutdatedEnvironment }) {
  const { item } = props;
  const { environment, from, to, releases, dropped, isInstalled } = item;
  const [isAsked, setAsked] = useState(false);
  return (
    <Box sx={{ display: 'grid', gap: 1.5, fontSize: 14, py: 0.5 }}>
      {releases.length > 0 ? (
        releases.map(({ version, summary, notes }) => (
          <Box key={version}>
            <strong>{version}</strong>: {summary}
            {notes.length > 0 && (
              <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
                {notes.map(note => (
                  <li key={note}>{note}</li>
                ))}
              </Box>
            )}
          </Box>
        ))
      ) : (
        <Box sx={{ color: 'text.secondary' }}>
          The blueprint does not say what came between {from} and {to}.
        </Box>
      )}
      {dropped.length > 0 && (
        <Alert severity="warning" variant="outlined">
          {to} has no parameter {dropped.join(', ')}; what was set there is
          dropped.
        </Alert>
      )}
      {!isInstalled && (
        <Alert severity="info" variant="outlined">
          {from} is not installed in this portal any more: only an upgrade can
          change {environment.name}.
        </Alert>
      )}
      {isAsked ? (
        <Preview environmentId={environment.id} />
      ) : (
        <span>
          <Button
            size="small"
            variant="outlined"
            onClick={() => setAsked(true)}
          >
            What would it change?
          </Button>
        </span>
      )}
    </Box>
  );
}

function Preview(props: { environmentId: string }) {
  const { environmentId } = props;
  const api = useApi(upgradeApiRef);
  const { value, error, loading, reload } = useLoad(
    () => api.previewUpgrade(environmentId),
    [api, environmentId],
  );
  if (error && !loading) {
    return (
      <ErrorState
        title="What it would change could not be found out"
        error={error}
        onRetry={reload}
      />
    );
  }
  if (!value) {
    return (
      <Box aria-busy="true">
        The newer version is built and compared with what is there…
        <Skeleton height={36} />
        <Skeleton height={36} />
      </Box>
    );
  }
  return (
    <Box sx={{ display: 'grid', gap: 1 }}>
      {value.warnings.map(warning => (
        <Alert key={warning} severity="warning" variant="outlined">
          {warning}
        </Alert>
      ))}
      <PlanImpact changes={value.changes} />
      <PlanDiff changes={value.changes} />
      <Box sx={{ color: 'text.secondary', fontSize: 12 }}>
        Nothing was changed or held for this. The plan of the upgrade’s run is
        what counts.
      </Box>
    </Box>
  );
}
