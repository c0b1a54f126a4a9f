import AddIcon from '@mui/icons-material/Add';
import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import Paper from '@mui/material/Paper';
import Switch from '@mui/material/Switch';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  DataTable,
  EmptyState,
  ErrorState,
  PageShell,
  useLoad,
  useUrlState,
} from '@slipway/ui';
import { useMemo } from 'react';
import { Link } from 'react-router-dom';
import { infraApiRef } from '../api';
import { useLinks } from '../shared/useLinks';
import { environmentColumns } from './columns';
import { listAllEnvironments } from './listAllEnvironments';
import { listSentence } from './listSentence';

const READ_EVERY_MS = 5_000;

/** All environments that the person may see. */
export function EnvironmentsPage() {
  const api = useApi(infraApiRef);
  const links = useLinks();
  const [ended, setEnded] = useUrlState('ended');
  const { value, error, loading, reload } = useLoad(
    () => listAllEnvironments(api, { includeEnded: ended === 'yes' }),
    [api, ended],
    { everyMs: READ_EVERY_MS },
  );
  const columns = useMemo(() => environmentColumns(links), [links]);
  const create = links.create && (
    <Button
      component={Link}
      to={links.create}
      variant="contained"
      disableElevation
      startIcon={<AddIcon />}
    >
      Create environment
    </Button>
  );
  return (
    <PageShell
      title="Environments"
      status={statusOf(value, error)}
      actions={create}
    >
      <Paper variant="outlined">
        <DataTable
          name="environments"
          columns={columns}
          rows={value ?? []}
          rowId={row => row.id}
          loading={loading}
          error={
            error &&
            !value && (
              <ErrorState
                title="The environments could not be read"
                error={error}
                onRetry={reload}
              />
            )
          }
          detail={row => row.statusReason}
          empty={
            <EmptyState
              title="No environments yet"
              why="An environment is a system’s infrastructure in one AWS account and region. Those of your teams are listed here."
              action={create}
            />
          }
          toolbar={
            <FormControlLabel
              label="Destroyed too"
              sx={{ ml: 0.5, gap: 0.5 }}
              slotProps={{ typography: { fontSize: 14 } }}
              control={
                <Switch
                  size="small"
                  checked={ended === 'yes'}
                  onChange={(_, on) => setEnded(on ? 'yes' : '')}
                />
              }
            />
          }
        />
      </Paper>
    </PageShell>
  );
}

function statusOf(
  value: Parameters<typeof listSentence>[0] | undefined,
  error: Error | undefined,
) {
  if (error) {
    return {
      health: 'unknown' as const,
      sentence: value
        ? `${
            listSentence(value).sentence
          } That is old: the back end does not answer.`
        : 'How the environments are cannot be seen now.',
    };
  }
  return value
    ? listSentence(value)
    : { health: 'unknown' as const, sentence: 'Reading the environments…' };
}
