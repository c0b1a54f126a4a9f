import { useApi } from '@backstage/frontend-plugin-api';
import type { DriftDetection } from '@slipway/plugin-infra-scaffolder-common';
import {
  DataTable,
  Duration,
  EmptyState,
  ErrorState,
  Section,
  StatusText,
  Time,
  useLoad,
  type DataTableColumn,
} from '@slipway/ui';
import { driftApiRef } from '../api';
import { nameOfRef } from '../shared/words';
import { wordOfDetection } from './driftWords';

const COLUMNS: Array<DataTableColumn<DriftDetection>> = [
  {
    id: 'at',
    title: 'Began',
    value: row => row.startedAt,
    render: row => <Time at={row.startedAt} />,
    filter: 'none',
  },
  {
    id: 'by',
    title: 'Asked by',
    value: row => (row.actor ? nameOfRef(row.actor) : 'the schedule'),
    filter: 'choice',
  },
  {
    id: 'state',
    title: 'Found',
    value: row => wordOfDetection(row.state).word,
    render: row => {
      const { health, word } = wordOfDetection(row.state);
      return (
        <StatusText health={health} title={row.reason}>
          {row.findings.length > 0 ? `${word}: ${row.findings.length}` : word}
        </StatusText>
      );
    },
    filter: 'choice',
  },
  {
    id: 'took',
    title: 'Took',
    align: 'right',
    value: row => Date.parse(row.endedAt) - Date.parse(row.startedAt),
    render: row => <Duration from={row.startedAt} to={row.endedAt} />,
    filter: 'none',
  },
];

/** The checks there were, newest first. */
export function DetectionsSection(props: {
  environmentId: string;
  /** Of the last check: with it the list is read anew. */
  checkedAt?: string;
}) {
  const { environmentId, checkedAt } = props;
  const api = useApi(driftApiRef);
  const { value, error, loading, reload } = useLoad(
    () => api.listDetections(environmentId),
    [api, environmentId, checkedAt],
  );
  return (
    <Section title="Checks" flush>
      <DataTable
        name="checks"
        urlPrefix="checks"
        columns={COLUMNS}
        rows={value ?? []}
        rowId={row => row.id}
        loading={loading && !value}
        detail={row => row.reason}
        error={
          error &&
          !value && (
            <ErrorState
              title="The checks could not be read"
              error={error}
              onRetry={reload}
            />
          )
        }
        empty={
          <EmptyState
            title="No checks yet"
            why="Each check is kept here with what it found."
          />
        }
      />
    </Section>
  );
}
