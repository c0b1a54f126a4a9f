import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Environment,
  Exemption,
  PolicyFinding,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  ConfirmDialog,
  describeError,
  formatCount,
  useLoad,
} from '@slipway/ui';
import { useEffect, useState } from 'react';
import { infraApiRef } from '../api';
import { ExemptionDialog } from './ExemptionDialog';
import { FindingRow, type FindingDeeds } from './FindingRow';
import { askedFor, findingGroups, type FindingGroup } from './findingGroups';

const READ_EVERY_MS = 10_000;
const FEW = 5;

/** What the policies say of a plan, the weightiest first; while the run goes on, with the way to an exemption. */
export function FindingsPanel(props: {
  findings: PolicyFinding[];
  environment: Pick<Environment, 'id' | 'name' | 'owner'>;
  /** Nothing is decided any more. */
  isOver: boolean;
  /** The person looks after the environment, so that they may ask. */
  mayAsk: boolean;
  /** What is exempt may have changed. */
  onChange: () => void;
}) {
  const { findings, environment, isOver, mayAsk, onChange } = props;
  const api = useApi(infraApiRef);
  const [exempting, setExempting] = useState<PolicyFinding>();
  const [granting, setGranting] = useState<Exemption>();
  const [declining, setDeclining] = useState<Exemption>();
  const { value, error, reload } = useLoad(
    () => api.listExemptions(environment.id),
    [api, environment.id],
    { everyMs: READ_EVERY_MS },
  );
  const stamp = value?.items.map(({ id, state }) => `${id} ${state}`).join();
  useEffect(() => {
    if (stamp) {
      onChange();
    }
  }, [stamp, onChange]);
  const mayGrant = value?.mayGrant === true;
  const done = () => {
    reload();
    onChange();
  };
  const deeds: FindingDeeds | undefined =
    !isOver && value && (mayGrant || mayAsk)
      ? {
          mayGrant,
          onExempt: setExempting,
          onGrant: setGranting,
          onDecline: setDeclining,
        }
      : undefined;
  return (
    <Box component="section" aria-label="Policy findings" sx={{ pb: 2 }}>
      {!isOver && error !== undefined && !value && (
        <Alert severity="warning" variant="outlined" sx={{ mx: 2, mb: 1 }}>
          Exemptions cannot be read now. {describeError(error).message}
        </Alert>
      )}
      {findingGroups(findings).map(group => (
        <Group
          key={group.id}
          group={group}
          asked={finding => askedFor(finding, value?.items ?? [])}
          deeds={deeds}
        />
      ))}
      <ExemptionDialog
        finding={exempting}
        environment={environment}
        mayGrant={mayGrant}
        onClose={() => setExempting(undefined)}
        onDone={done}
      />
      <ConfirmDialog
        open={granting !== undefined}
        title={`Grant the exemption from ${granting?.rule ?? ''}?`}
        verb="Grant this exemption"
        onClose={() => setGranting(undefined)}
        onConfirm={async () => {
          await api.grantAskedExemption(granting!.id);
          done();
        }}
      >
        It holds at once for {granting?.resourcePattern}: the plan can be
        confirmed and applied.
      </ConfirmDialog>
      <ConfirmDialog
        open={declining !== undefined}
        title={`Decline the exemption from ${declining?.rule ?? ''}?`}
        verb="Decline this exemption"
        onClose={() => setDeclining(undefined)}
        onConfirm={async () => {
          await api.endExemption(declining!.id);
          done();
        }}
      >
        Who asked is told. The plan stays as it is and cannot be confirmed.
      </ConfirmDialog>
    </Box>
  );
}

function Group(props: {
  group: FindingGroup;
  asked: (finding: PolicyFinding) => Exemption | undefined;
  deeds?: FindingDeeds;
}) {
  const { group, asked, deeds } = props;
  const [all, setAll] = useState(false);
  const { health, title, findings } = group;
  const shown = all ? findings : findings.slice(0, FEW);
  return (
    <Box sx={{ pt: 1 }}>
      <Box
        component="h3"
        sx={{ fontSize: 14, fontWeight: 600, m: 0, px: 2, pb: 1 }}
      >
        {title}: {formatCount(findings.length, 'finding')}
      </Box>
      <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
        {shown.map(finding => (
          <FindingRow
            key={`${finding.rule} ${finding.logicalId} ${finding.effect}`}
            finding={finding}
            health={health}
            asked={asked(finding)}
            deeds={deeds}
          />
        ))}
      </Box>
      {findings.length > shown.length && (
        <Button size="small" sx={{ ml: 1 }} onClick={() => setAll(true)}>
          Show {findings.length - shown.length} more
        </Button>
      )}
    </Box>
  );
}
