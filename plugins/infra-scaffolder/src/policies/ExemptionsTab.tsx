import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import { useApi } from '@backstage/frontend-plugin-api';
import type {
  Exemption,
  ExemptionState,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  ConfirmDialog,
  DataTable,
  EmptyState,
  StatusText,
  TextLink,
  Time,
  type DataTableColumn,
  type Health,
  type Loaded,
} from '@slipway/ui';
import { useMemo, useState, type ReactNode } from 'react';
import { infraApiRef } from '../api';
import { EntityLink } from '../shared/EntityLink';
import { useLinks, type Links } from '../shared/useLinks';
import { nameOfRef } from '../shared/words';

const STATES: Record<ExemptionState, { health: Health; word: string }> = {
  asked: { health: 'attention', word: 'Asked for' },
  active: { health: 'healthy', word: 'Holds' },
  expired: { health: 'unknown', word: 'Expired' },
  declined: { health: 'unknown', word: 'Declined' },
  revoked: { health: 'unknown', word: 'Taken back' },
};

const ORDER: ExemptionState[] = [
  'asked',
  'active',
  'expired',
  'declined',
  'revoked',
];

interface Deed {
  exemption: Exemption;
  verb: 'Grant' | 'Decline' | 'Take back';
}

function columnsOf(
  links: Links,
  onDeed: ((deed: Deed) => void) | undefined,
): Array<DataTableColumn<Exemption>> {
  return [
    {
      id: 'state',
      title: 'State',
      value: row => STATES[row.state].word,
      render: row => (
        <StatusText health={STATES[row.state].health}>
          {STATES[row.state].word}
        </StatusText>
      ),
      filter: 'choice',
      width: '120px',
    },
    { id: 'rule', title: 'Rule', value: row => row.rule },
    {
      id: 'environment',
      title: 'Environment',
      value: row => row.environment?.name ?? 'Every environment',
      render: row =>
        row.environment ? (
          <TextLink to={links.environment(row.environment.name)}>
            {row.environment.name}
          </TextLink>
        ) : (
          'Every environment'
        ),
    },
    {
      id: 'resources',
      title: 'Resources',
      value: row => row.resourcePattern,
    },
    {
      id: 'owner',
      title: 'Who answers',
      value: row => nameOfRef(row.owner),
      render: row => <EntityLink entityRef={row.owner} />,
    },
    {
      id: 'until',
      title: 'Until',
      value: row => row.expiresAt,
      render: row => <Time at={row.expiresAt} />,
      filter: 'none',
    },
    {
      id: 'actions',
      title: 'Actions',
      value: () => '',
      filter: 'none',
      render: row =>
        onDeed && (
          <Box sx={{ display: 'flex', ml: -0.5 }}>
            {deedsOf(row).map(verb => (
              <Button
                key={verb}
                size="small"
                sx={{ whiteSpace: 'nowrap', minWidth: 0 }}
                onClick={() => onDeed({ exemption: row, verb })}
              >
                {verb}
              </Button>
            ))}
          </Box>
        ),
    },
  ];
}

function deedsOf({ state }: Exemption): Array<Deed['verb']> {
  switch (state) {
    case 'asked':
      return ['Grant', 'Decline'];
    case 'active':
      return ['Take back'];
    default:
      return [];
  }
}

function story(exemption: Exemption): string {
  const { askedBy, grantedBy, endedBy, state, reason } = exemption;
  const parts = [
    grantedBy !== askedBy && `Asked for by ${nameOfRef(askedBy)}`,
    grantedBy && `granted by ${nameOfRef(grantedBy)}`,
    endedBy &&
      `${state === 'declined' ? 'declined' : 'taken back'} by ${nameOfRef(
        endedBy,
      )}`,
  ].filter(Boolean);
  const sentence = parts.join(', ');
  return `${reason} ${sentence.slice(0, 1).toLocaleUpperCase()}${sentence.slice(
    1,
  )}.`;
}

const WILL: Record<Deed['verb'], string> = {
  Grant: 'It holds at once.',
  Decline: 'Who asked is told.',
  'Take back':
    'Plans that are against the rule cannot be confirmed or applied any more. What stands already stays as it is.',
};

/** Who answers for what, and until when; those that ended stay listed. */
export function ExemptionsTab(props: {
  exemptions: Loaded<{ items: Exemption[]; mayGrant: boolean }>;
  error?: ReactNode;
}) {
  const { exemptions, error } = props;
  const { value, loading, reload } = exemptions;
  const api = useApi(infraApiRef);
  const links = useLinks();
  const [deed, setDeed] = useState<Deed>();
  const mayGrant = value?.mayGrant === true;
  const columns = useMemo(
    () => columnsOf(links, mayGrant ? setDeed : undefined),
    [links, mayGrant],
  );
  const rows = useMemo(
    () =>
      [...(value?.items ?? [])].sort(
        (a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state),
      ),
    [value],
  );
  return (
    <>
      <Paper variant="outlined">
        <DataTable
          name="exemptions"
          urlPrefix="exemptions"
          columns={columns}
          rows={rows}
          rowId={row => row.id}
          loading={loading && !value}
          error={error}
          detail={story}
          empty={
            <EmptyState
              title="Nothing is exempt"
              why="Where a rule keeps a plan from being applied, its findings on the page of the run lead to an exemption. Each has somebody who answers for it, and ends."
            />
          }
        />
      </Paper>
      <ConfirmDialog
        open={deed !== undefined}
        danger={deed?.verb === 'Take back'}
        title={`${deed?.verb ?? ''} the exemption from ${
          deed?.exemption.rule ?? ''
        }?`}
        verb={`${deed?.verb ?? ''} this exemption`}
        onClose={() => setDeed(undefined)}
        onConfirm={async () => {
          const { exemption, verb } = deed!;
          await (verb === 'Grant'
            ? api.grantAskedExemption(exemption.id)
            : api.endExemption(exemption.id));
          reload();
        }}
      >
        {deed && `${deed.exemption.reason} ${WILL[deed.verb]}`}
      </ConfirmDialog>
    </>
  );
}
