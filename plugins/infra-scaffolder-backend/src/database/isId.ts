import { z } from 'zod';

const uuid = z.uuid();

/** Whether it can be an id of a row; PostgreSQL refuses to look for anything else. */
export function isId(text: string): boolean {
  return uuid.safeParse(text).success;
}
