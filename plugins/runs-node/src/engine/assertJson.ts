import { InputError } from '@backstage/errors';

/** @throws InputError where a value cannot be kept, e.g. because it refers to itself or holds a bigint. */
export function assertJson(value: unknown, what: string): void {
  try {
    JSON.stringify(value);
  } catch (error) {
    throw new InputError(`${what} cannot be kept as JSON: ${error}`);
  }
}
