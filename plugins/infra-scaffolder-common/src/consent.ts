import type { Blueprint } from './blueprint';
import { completeParameters } from './parameters';
import type { EnvironmentRequest } from './types';

const day = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});

/**
 * What somebody agrees to who creates or extends an environment that ends. `fates` are the blueprint's own sentences on
 * what becomes of data, e.g. `The database is deleted; a final snapshot is kept.`: nobody sees the destroy's plan.
 *
 * @public
 */
export function consentWords(
  name: string,
  expiresAt: string,
  fates: readonly string[],
): string {
  const [date, time] = day.format(new Date(expiresAt)).split(/,? at |, /);
  return [
    `${name} is destroyed on ${date} at ${time} UTC unless you extend it.`,
    ...fates,
  ].join(' ');
}

/**
 * What becomes of the data of an environment that is destroyed, in its blueprint's sentences.
 *
 * @public
 */
export function fatesOf(
  blueprint: Blueprint | undefined,
  { size, parameters }: Pick<EnvironmentRequest, 'size' | 'parameters'>,
): string[] {
  const values = blueprint && completeParameters(blueprint, size, parameters);
  const said = (blueprint?.fates ?? []).flatMap(({ sentence, when }) =>
    when === undefined || values?.[when.parameter] === when.is
      ? [sentence]
      : [],
  );
  return said.length > 0 ? said : ['All data in it are deleted.'];
}
