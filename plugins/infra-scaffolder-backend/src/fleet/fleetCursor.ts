import { InputError } from '@backstage/errors';
import {
  FLEET_SORTS,
  type FleetSort,
} from '@slipway/plugin-infra-scaffolder-common';
import { z } from 'zod';

/** Where a page ended: by what it was sorted, and what the last row had there; null where it had nothing. */
export interface FleetCursor {
  sort: FleetSort;
  descending: boolean;
  key: string | null;
  id: string;
}

const cursorSchema = z.tuple([
  z.enum(FLEET_SORTS),
  z.boolean(),
  z.string().max(500).nullable(),
  z.uuid(),
]);

export function encodeFleetCursor(cursor: FleetCursor): string {
  const { sort, descending, key, id } = cursor;
  return Buffer.from(JSON.stringify([sort, descending, key, id])).toString(
    'base64url',
  );
}

/** @throws InputError where the list in this order did not give it out. */
export function decodeFleetCursor(
  text: string,
  order: Pick<FleetCursor, 'sort' | 'descending'>,
): FleetCursor {
  const [sort, descending, key, id] = read(text);
  if (
    sort !== order.sort ||
    descending !== order.descending ||
    !fits(sort, key)
  ) {
    throw refused();
  }
  return { sort, descending, key, id };
}

function read(text: string) {
  try {
    return cursorSchema.parse(
      JSON.parse(Buffer.from(text, 'base64url').toString('utf8')),
    );
  } catch (error) {
    throw refused(error);
  }
}

/** PostgreSQL would refuse anything else with an error of its own. */
function fits(sort: FleetSort, key: string | null): boolean {
  if (key === null) {
    return true;
  }
  if (sort === 'cost') {
    return /^-?\d{1,14}(\.\d{1,6})?$/.test(key);
  }
  if (sort === 'expiry' || sort === 'requested') {
    return (
      z.iso.datetime({ offset: true }).safeParse(key).success &&
      !key.startsWith('0000') &&
      // The farthest from UTC that PostgreSQL takes.
      !/[+-](1[6-9]|2\d):/.test(key)
    );
  }
  return !key.includes('\0');
}

function refused(cause?: unknown): InputError {
  return new InputError(
    'The cursor is not one that this list gave out in this order. Begin again without it.',
    cause,
  );
}
