import { consoleUrl } from './consoleUrl';
import type { ConnectInput, ConnectItem } from './types';

/** What an output says where its role or choice of parameters has no such thing. */
const NOTHING = 'none';

/** An environment as the parts of the panel ask about it. */
export interface Place {
  region: string;
  accountId: string;
  name: string;
  /** Value of an output; undefined where there is none, or it says that there is nothing. */
  output: (key: string) => string | undefined;
  /** Outputs that are there and whose key ends so, with their titles. */
  outputsEnding: (
    ending: string,
  ) => Array<{ key: string; title: string; value: string }>;
  /** Page of the AWS console. */
  console: (type: string, id: string) => string | undefined;
}

export function placeOf({ environment }: ConnectInput): Place {
  const there = environment.outputs.filter(
    ({ value }) => value !== '' && value !== NOTHING,
  );
  return {
    region: environment.region,
    accountId: environment.accountId,
    name: environment.name,
    output: key => there.find(output => output.key === key)?.value,
    outputsEnding: ending => there.filter(({ key }) => key.endsWith(ending)),
    console: (type, id) => consoleUrl(type, id, environment.region),
  };
}

/** A word as a POSIX shell takes it whole. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text)
    ? text
    : `'${text.replace(/'/g, `'\\''`)}'`;
}

/** A command of the AWS CLI in a region; `undefined` leaves an option out. */
export function awsCommand(
  words: string,
  region: string,
  options: Record<string, string | undefined> = {},
): string {
  return [
    `aws ${words} --region ${shellWord(region)}`,
    ...Object.entries(options).flatMap(([name, value]) =>
      value === undefined ? [] : [`--${name} ${shellWord(value)}`],
    ),
  ].join(' ');
}

/** Prints a field of a secret on the reader's own terminal, by their own rights. */
export function secretCommand(place: Place, secretId: string): string {
  return awsCommand(
    'secretsmanager get-secret-value',
    regionOf(secretId, place),
    {
      'secret-id': secretId,
      query: 'SecretString',
      output: 'text',
    },
  );
}

/** A secret of a second region's environment may be its primary's. */
function regionOf(arn: string, place: Place): string {
  return arn.startsWith('arn:')
    ? arn.split(':')[3] || place.region
    : place.region;
}

/** Only what is there. */
export function items(
  ...list: Array<ConnectItem | undefined | false>
): ConnectItem[] {
  return list.filter((item): item is ConnectItem => Boolean(item));
}
