import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import type { Theme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  DriftAcceptance,
  Environment,
  EnvironmentAllowed,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  ConfirmDialog,
  DataTable,
  describeError,
  EmptyState,
  ErrorState,
  Section,
  StatusIcon,
  useLoad,
  useNow,
} from '@slipway/ui';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { driftApiRef } from '../api';
import { whyNotChange } from '../environment/whyNot';
import { useLinks } from '../shared/useLinks';
import { acceptanceOf } from './acceptance';
import { AcceptDialog } from './AcceptDialog';
import { DetectionsSection } from './DetectionsSection';
import { driftColumns } from './driftColumns';
import { driftRows } from './driftRows';
import { driftSentence } from './driftWords';
import { ExplainedSection, UncheckedSection } from './OtherSections';
import { TakeOver } from './TakeOver';
import { useDrift } from './useDrift';

/** What of an environment is no longer as it was applied, who changed it, and what to do about it. */
export function DriftTab(props: {
  environment: Environment & { allowed: EnvironmentAllowed };
}) {
  const { environment } = props;
  const { id, name, drift } = environment;
  const api = useApi(driftApiRef);
  const links = useLinks();
  const navigate = useNavigate();
  const now = useNow({ everyMs: 15_000 });
  const isNarrow = useMediaQuery<Theme>(theme => theme.breakpoints.down('sm'));
  const {
    value: report,
    error,
    loading,
    reload,
    check,
    failure,
  } = useDrift(id);
  const rows = useMemo(() => driftRows(report?.findings ?? []), [report]);
  const denied = whyNotChange(environment);
  const old =
    report?.state === 'drifted' ? undefined : 'It is old. Check it first.';
  const mayAccept =
    environment.allowed.update && rows.some(row => row.attribute);
  const acceptance = useLoad(
    async () => (mayAccept ? api.listAcceptance(id) : []),
    [api, id, mayAccept, drift?.at],
  );
  const [accepted, setAccepted] = useState<DriftAcceptance[]>([]);
  const [isReverting, setReverting] = useState(false);
  const columns = useMemo(
    () =>
      driftColumns(
        row => (
          <TakeOver
            row={row}
            acceptance={acceptanceOf(row, acceptance.value)}
            error={acceptance.error}
            denied={denied ?? old}
            onAccept={each => setAccepted([each])}
          />
        ),
        isNarrow,
      ),
    [acceptance.value, acceptance.error, denied, old, isNarrow],
  );
  if (!report) {
    return error && !loading ? (
      <ErrorState
        title="The drift could not be read"
        error={error}
        onRetry={reload}
      />
    ) : (
      <Section title="Drift">Reading…</Section>
    );
  }
  const { health, sentence } = driftSentence(report, now);
  const isChecking = report.state === 'checking';
  return (
    <Stack spacing={2}>
      <Section
        title="Drift"
        flush
        aside={
          <Stack direction="row" spacing={1}>
            <Button
              variant="outlined"
              disabled={isChecking || Boolean(denied)}
              aria-description={denied}
              title={denied}
              onClick={check}
            >
              {isChecking ? 'Checking…' : 'Check now'}
            </Button>
            {rows.length > 0 && (
              <Button
                variant="outlined"
                disabled={isChecking || Boolean(denied)}
                aria-description={denied}
                title={denied}
                onClick={() => setReverting(true)}
              >
                Put everything back…
              </Button>
            )}
          </Stack>
        }
      >
        <Stack spacing={1} sx={{ px: 2, pb: 1, fontSize: 14 }}>
          <Box sx={{ display: 'flex', gap: 0.75, alignItems: 'flex-start' }}>
            <StatusIcon health={health} />
            <span>{sentence}</span>
          </Box>
          {failure !== undefined && (
            <Alert severity="error" variant="outlined">
              {describeError(failure).message} {describeError(failure).mend}
            </Alert>
          )}
        </Stack>
        <DataTable
          name="findings"
          urlPrefix="drift"
          columns={columns}
          rows={rows}
          rowId={row => row.id}
          empty={<NothingFound state={report.state} />}
        />
      </Section>
      <ExplainedSection explained={report.explained} />
      <UncheckedSection unchecked={report.unchecked} />
      <DetectionsSection environmentId={id} checkedAt={report.checkedAt} />
      <AcceptDialog
        environment={environment}
        accepted={accepted}
        onClose={() => setAccepted([])}
      />
      <ConfirmDialog
        open={isReverting}
        title={`Put back what drifted in ${name}?`}
        verb="Plan to put it back"
        onClose={() => setReverting(false)}
        onConfirm={async () => {
          const { runId } = await api.revertDrift(id);
          navigate(links.run(name, runId));
        }}
      >
        Everything that is not as it was applied is made so again, also what
        somebody deleted, and what AWS changed by itself. The plan says what
        that is; nothing happens before you confirm it.
      </ConfirmDialog>
    </Stack>
  );
}

function NothingFound(props: { state: string }) {
  return props.state === 'in_sync' ? (
    <EmptyState
      title="Nothing drifted"
      why="What somebody changes in AWS outside the portal is listed here, with who and when where CloudTrail tells."
    />
  ) : (
    <EmptyState
      title="Not known"
      why="Each environment is checked on schedule once it is ready; Check now asks AWS at once."
    />
  );
}
