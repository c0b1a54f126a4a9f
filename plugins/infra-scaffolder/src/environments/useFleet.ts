import { useApi } from '@backstage/frontend-plugin-api';
import {
  fleetQueryString,
  type FleetApi,
  type FleetEnvironment,
  type FleetGroupBy,
  type FleetPageQuery,
  type FleetSummary,
} from '@slipway/plugin-infra-scaffolder-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { fleetApiRef } from '../api';

const PAGE = 50;
/** The most that the back end gives at once. */
const MOST_AT_ONCE = 200;

interface Rows {
  items: FleetEnvironment[];
  nextCursor?: string;
}

/** What is known of the fleet; what was read stays while it is read again. */
export interface Fleet {
  rows?: Rows;
  summary?: FleetSummary;
  error?: Error;
  /** What is shown answers an earlier question. */
  stale: boolean;
  more: () => void;
  reload: () => void;
}

/** As many rows as are shown, read anew: page after page. */
async function readRows(
  api: FleetApi,
  query: FleetPageQuery,
  count: number,
): Promise<Rows> {
  const items: FleetEnvironment[] = [];
  let cursor: string | undefined;
  do {
    const page = await api.listFleet({
      ...query,
      limit: Math.min(MOST_AT_ONCE, Math.max(PAGE, count - items.length)),
      cursor,
    });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor && items.length < count);
  return { items, nextCursor: cursor };
}

/** Reads the fleet by a query, the next rows on demand, and everything shown again and again while the page is visible. */
export function useFleet(
  query: FleetPageQuery,
  options: { groupBy?: FleetGroupBy; everyMs: number },
): Fleet {
  const { groupBy, everyMs } = options;
  const api = useApi(fleetApiRef);
  const key = fleetQueryString({ ...query, groupBy });
  const asked = useRef({ query, groupBy });
  asked.current = { query, groupBy };
  const turn = useRef(0);
  const shown = useRef(0);
  const [state, setState] = useState<
    Pick<Fleet, 'rows' | 'summary' | 'error'> & { key?: string }
  >({});

  const read = useCallback(
    async (count: number) => {
      const mine = ++turn.current;
      const current = asked.current;
      const take = (part: typeof state) => {
        if (mine === turn.current) {
          setState(old => ({ ...old, ...part }));
        }
      };
      try {
        await Promise.all([
          readRows(api, current.query, count).then(rows => {
            if (mine === turn.current) {
              shown.current = rows.items.length;
            }
            take({ rows, key, error: undefined });
          }),
          api
            .summariseFleet({
              where: current.query.where,
              search: current.query.search,
              includeEnded: current.query.includeEnded,
              groupBy: current.groupBy,
            })
            .then(summary => take({ summary })),
        ]);
      } catch (error) {
        take({ error: error as Error, key });
      }
    },
    [api, key],
  );

  useEffect(() => {
    const turns = turn;
    read(PAGE);
    return () => {
      turns.current++;
    };
  }, [read]);

  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState !== 'hidden') {
        read(shown.current);
      }
    }, everyMs);
    return () => clearInterval(timer);
  }, [read, everyMs]);

  const nextCursor = state.rows?.nextCursor;
  const more = useCallback(() => {
    if (!nextCursor) {
      return;
    }
    const mine = ++turn.current;
    api
      .listFleet({
        ...asked.current.query,
        limit: MOST_AT_ONCE,
        cursor: nextCursor,
      })
      .then(
        page => {
          if (mine === turn.current) {
            setState(old => {
              const items = [...(old.rows?.items ?? []), ...page.items];
              shown.current = items.length;
              return { ...old, rows: { items, nextCursor: page.nextCursor } };
            });
          }
        },
        error => mine === turn.current && setState(old => ({ ...old, error })),
      );
  }, [api, nextCursor]);

  return {
    rows: state.rows,
    summary: state.summary,
    error: state.error,
    stale: state.rows !== undefined && state.key !== key,
    more,
    reload: useCallback(() => read(shown.current), [read]),
  };
}
