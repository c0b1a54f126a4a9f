import type { JsonValue } from '@backstage/types';

const MASKED = '••••••';
/** Properties whose values are nobody's to read. */
const SECRET = /password|secretstring|authtoken|privatekey/i;

/** The value, unless its property is a secret. */
export function shown<T extends JsonValue | undefined>(
  path: string,
  value: T,
): T | string {
  return value !== undefined && SECRET.test(path) ? MASKED : value;
}
