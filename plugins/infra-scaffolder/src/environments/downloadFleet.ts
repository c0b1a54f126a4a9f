import type {
  FleetApi,
  FleetEnvironment,
  FleetPageQuery,
} from '@slipway/plugin-infra-scaffolder-common';
import { downloadText, toCsv } from '@slipway/ui';
import type { FleetColumn } from './fleetColumns';

const MOST_AT_ONCE = 200;

/** Every environment that matches, not only those read so far, as a CSV of the columns shown. */
export async function downloadFleet(
  api: FleetApi,
  query: FleetPageQuery,
  columns: FleetColumn[],
): Promise<void> {
  const rows: FleetEnvironment[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.listFleet({ ...query, limit: MOST_AT_ONCE, cursor });
    rows.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor);
  downloadText(
    'environments.csv',
    toCsv(
      columns.map(column => column.title),
      rows.map(row => columns.map(column => column.value(row))),
    ),
  );
}
