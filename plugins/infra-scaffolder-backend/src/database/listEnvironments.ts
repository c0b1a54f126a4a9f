import { InputError } from '@backstage/errors';
import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type { EnvironmentQuery } from '@slipway/plugin-infra-scaffolder-common';
import type { EnvironmentPermissionQuery } from '@slipway/plugin-infra-scaffolder-node';
import type { Knex } from 'knex';
import { z } from 'zod';
import { ENDED_STATUSES, TABLES, type EnvironmentRow } from './tables';

const DEFAULT_LIMIT = 50;

/** PostgreSQL knows no year 0000. */
const cursorSchema = z.tuple([
  z.iso.datetime().refine(at => !at.startsWith('0000')),
  z.uuid(),
]);

function encodeCursor(row: EnvironmentRow): string {
  return Buffer.from(
    JSON.stringify([row.created_at.toISOString(), row.id]),
  ).toString('base64url');
}

function decodeCursor(cursor: string): [string, string] {
  try {
    return cursorSchema.parse(
      JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')),
    );
  } catch (error) {
    throw new InputError(
      'The cursor is not one that this list gave out. Begin again without it.',
      error,
    );
  }
}

/** Narrows a query to what a permission decision's conditions let through. */
export function applyPermissionFilter(
  query: Knex.QueryBuilder,
  filter: PermissionCriteria<EnvironmentPermissionQuery>,
): void {
  if ('anyOf' in filter) {
    query.where(either => {
      for (const part of filter.anyOf) {
        either.orWhere(inner => applyPermissionFilter(inner, part));
      }
    });
  } else if ('allOf' in filter) {
    query.where(all => {
      for (const part of filter.allOf) {
        all.andWhere(inner => applyPermissionFilter(inner, part));
      }
    });
  } else if ('not' in filter) {
    query.whereNot(inner => applyPermissionFilter(inner, filter.not));
  } else {
    query.whereIn(filter.column, filter.values);
  }
}

/** One page, newest first, by keyset: rows that come meanwhile never shift it. */
export async function listEnvironments(
  knex: Knex,
  query: EnvironmentQuery,
  filter?: PermissionCriteria<EnvironmentPermissionQuery>,
): Promise<{ rows: EnvironmentRow[]; nextCursor?: string; total: number }> {
  const matching = knex<EnvironmentRow>(TABLES.environments).where(all => {
    if (!query.includeEnded && !query.status) {
      all.whereNotIn('status', ENDED_STATUSES);
    }
    if (query.status) {
      all.whereIn('status', query.status);
    }
    if (query.owner) {
      all.where('owner', query.owner);
    }
    if (query.system) {
      all.where('system', query.system);
    }
    if (query.search) {
      const pattern = `%${query.search.replace(/[\\%_]/g, '\\$&')}%`;
      all.where(any =>
        any
          .whereILike('name', pattern)
          .orWhereILike('owner', pattern)
          .orWhereILike('system', pattern),
      );
    }
    if (filter) {
      applyPermissionFilter(all, filter);
    }
  });

  const limit = query.limit ?? DEFAULT_LIMIT;
  const page = matching
    .clone()
    .orderBy([
      { column: 'created_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(limit + 1);
  if (query.cursor) {
    page.whereRaw('(created_at, id) < (?, ?)', decodeCursor(query.cursor));
  }

  const [rows, [{ count }]] = await Promise.all([
    page,
    matching.clone().count<Array<{ count: string }>>({ count: '*' }),
  ]);
  const shown = rows.slice(0, limit) as EnvironmentRow[];
  return {
    rows: shown,
    total: Number(count),
    nextCursor:
      rows.length > limit ? encodeCursor(shown[shown.length - 1]) : undefined,
  };
}
