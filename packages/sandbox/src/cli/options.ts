import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

const OPTIONS = {
  dir: { type: 'string' },
  mode: { type: 'string' },
  jitter: { type: 'string' },
  service: { type: 'string' },
  operation: { type: 'string' },
  region: { type: 'string' },
  account: { type: 'string' },
  times: { type: 'string' },
  chance: { type: 'string' },
  for: { type: 'string' },
  yes: { type: 'boolean' },
} satisfies ParseArgsOptionsConfig;

/** What a person asked for. */
export interface CommandLine {
  command: string;
  arguments: string[];
  values: ReturnType<typeof parse>['values'];
}

function parse(args: string[]) {
  return parseArgs({ args, options: OPTIONS, allowPositionals: true });
}

/** Throws an error for a person when an option is not one of ours. */
export function readCommandLine(args: string[]): CommandLine {
  const { values, positionals } = parse(args);
  const [command = 'help', ...rest] = positionals;
  return { command, arguments: rest, values };
}

/** The number that an option or argument is; undefined where it was not given. */
export function number(
  name: string,
  text: string | undefined,
): number | undefined {
  if (text === undefined) {
    return undefined;
  }
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) {
    throw new Error(`${name} must be a number, not ${text}.`);
  }
  return value;
}
