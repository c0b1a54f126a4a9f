import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { useApi } from '@backstage/frontend-plugin-api';
import {
  receiptMarkdown,
  type DestroyReceipt,
  type Environment,
  type EnvironmentAllowed,
} from '@slipway/plugin-infra-scaffolder-common';
import {
  Column,
  Columns,
  CopyText,
  DataTable,
  describeError,
  EmptyState,
  ErrorState,
  Facts,
  formatClock,
  formatUtc,
  Money,
  Section,
  TextLink,
  Time,
  useLoad,
  type DataTableColumn,
} from '@slipway/ui';
import { useState } from 'react';
import { lifetimeApiRef } from '../api';
import { EntityLink } from '../shared/EntityLink';
import { PageSkeleton } from '../shared/PageSkeleton';
import { useLinks } from '../shared/useLinks';
import { Leftovers } from './Leftovers';

type Deleted = DestroyReceipt['deleted'][number];

const COLUMNS: Array<DataTableColumn<Deleted>> = [
  { id: 'path', title: 'Resource', value: row => row.path },
  { id: 'type', title: 'Type', value: row => row.type, filter: 'choice' },
  { id: 'id', title: 'Id', value: row => row.id },
  {
    id: 'at',
    title: 'Deleted',
    align: 'right',
    value: row => row.at,
    render: row => <span title={formatUtc(row.at)}>{formatClock(row.at)}</span>,
    filter: 'none',
  },
];

/** What is kept of an environment that was destroyed: who, what, when, and what is left. */
export function ReceiptTab(props: {
  environment: Environment & { allowed: EnvironmentAllowed };
}) {
  const { id, allowed } = props.environment;
  const api = useApi(lifetimeApiRef);
  const [scanning, setScanning] = useState(false);
  const [failure, setFailure] = useState<Error>();
  const { value, error, loading, reload } = useLoad(
    () => api.getReceipt(id),
    [api, id],
  );
  if (error && !value) {
    return (
      <ErrorState
        title="The receipt could not be read"
        error={error}
        onRetry={reload}
      />
    );
  }
  if (value === undefined) {
    return loading ? <PageSkeleton /> : null;
  }
  if (value === null) {
    return (
      <Section title="Receipt">
        <EmptyState
          title="No receipt"
          why="A receipt is kept of what a run has destroyed. This was undone before it was ready, or destroyed before receipts were kept."
        />
      </Section>
    );
  }
  const lookAgain = async () => {
    setScanning(true);
    setFailure(undefined);
    try {
      await api.scanLeftovers(id);
      reload();
    } catch (thrown) {
      setFailure(thrown as Error);
    } finally {
      setScanning(false);
    }
  };
  return (
    <Columns>
      <Column span={8}>
        {failure && (
          <Alert severity="error" variant="outlined" sx={{ mb: 2 }}>
            It could not be looked again: {describeError(failure).message}
          </Alert>
        )}
        <Leftovers
          receipt={value}
          action={
            allowed.update && (
              <Button size="small" disabled={scanning} onClick={lookAgain}>
                {scanning ? 'Looking…' : 'Look again'}
              </Button>
            )
          }
        />
      </Column>
      <Column span={4}>
        <ReceiptFacts receipt={value} />
      </Column>
      <Column span={12}>
        <Section title={`Deleted: ${value.deleted.length}`} flush>
          <DataTable
            name="deleted resources"
            urlPrefix="deleted"
            columns={COLUMNS}
            rows={value.deleted}
            rowId={row => `${row.path} ${row.id}`}
            maxHeight={480}
            empty={
              <EmptyState
                title="Nothing was deleted"
                why="Nothing of it was there any more."
              />
            }
          />
        </Section>
      </Column>
    </Columns>
  );
}

function ReceiptFacts(props: { receipt: DestroyReceipt }) {
  const { receipt } = props;
  const links = useLinks();
  const {
    environmentName: name,
    consent,
    approvedBy,
    savedMonthlyUsd,
  } = receipt;
  return (
    <Section title="Receipt" aside={<Downloads receipt={receipt} />}>
      <Facts
        items={[
          {
            name: 'Saves',
            value:
              savedMonthlyUsd === undefined ? (
                'not estimated'
              ) : (
                <>
                  <Money amount={Number(savedMonthlyUsd)} /> a month, estimated
                </>
              ),
          },
          { name: 'Destroyed', value: <Time at={receipt.destroyedAt} /> },
          {
            name: 'Asked for',
            value: (
              <>
                <Time at={receipt.requestedAt} /> by{' '}
                <EntityLink entityRef={receipt.requestedBy} />
              </>
            ),
          },
          {
            name: 'Confirmed',
            value: (
              <>
                <Time at={receipt.confirmedAt} /> by{' '}
                <EntityLink entityRef={receipt.confirmedBy} />
              </>
            ),
          },
          ...(approvedBy
            ? [
                {
                  name: 'Approved',
                  value: <EntityLink entityRef={approvedBy} />,
                },
              ]
            : []),
          ...(consent
            ? [
                {
                  name: 'Agreed to',
                  value: (
                    <>
                      “{consent.words}” by <EntityLink entityRef={consent.by} />
                    </>
                  ),
                },
              ]
            : []),
          { name: 'Where', value: `${receipt.account}, ${receipt.region}` },
          {
            name: 'Plan',
            value: <CopyText text={receipt.planId} name="plan" />,
          },
          {
            name: 'Run',
            value: (
              <TextLink to={links.run(name, receipt.runId)}>
                Open the run
              </TextLink>
            ),
          },
        ]}
      />
    </Section>
  );
}

/** The receipt as a file to keep elsewhere. */
function Downloads(props: { receipt: DestroyReceipt }) {
  const { receipt } = props;
  const files = [
    {
      title: 'Markdown',
      ending: 'md',
      type: 'text/markdown',
      text: receiptMarkdown(receipt),
    },
    {
      title: 'JSON',
      ending: 'json',
      type: 'application/json',
      text: `${JSON.stringify(receipt, null, 2)}\n`,
    },
  ];
  return (
    <span>
      {files.map(({ title, ending, type, text }) => (
        <Button
          key={ending}
          size="small"
          component="a"
          href={`data:${type};charset=utf-8,${encodeURIComponent(text)}`}
          download={`${receipt.environmentName}-receipt.${ending}`}
          aria-label={`Download as ${title}`}
        >
          {title}
        </Button>
      ))}
    </span>
  );
}
