import { parseArgs } from 'node:util';
import { exportLine } from './cli/exportLine';
import { Sandbox } from './supervisor/Sandbox';
import { FREE_PORTS, type Part, PARTS } from './supervisor/types';

/** Prometheus keeps 400. */
const MOST_HISTORY_DAYS = 399;
/** An hour, at which a cluster takes a day. */
const MOST_RESOURCE_SECONDS = 3600;

const HELP = `script/server               starts the whole portal on this machine
  --only postgres,aws       only these parts (${PARTS.join(', ')})
  --no-kubernetes           everything but the clusters
  --dir DIR                 keep state and logs here instead of in .local
  --free-ports              take free ports, not the usual ones
  --watch                   restart the back end when its sources change
  --history-days N          how many days of traffic a new sandbox has behind it (100)
  --resource-seconds N      how long an AWS resource takes to become available
  --print-env               print the environment for programs that use the sandbox, and go on
Ctrl-C ends everything that was started.`;

function chosenParts(
  only: string | undefined,
  withoutKubernetes: boolean | undefined,
): Part[] {
  const chosen = only?.split(',').map(name => {
    const part = PARTS.find(known => known === name.trim());
    if (!part) {
      throw new Error(
        `There is no part "${name}". The parts are ${PARTS.join(', ')}.`,
      );
    }
    return part;
  });
  return (chosen ?? [...PARTS]).filter(
    part => !(withoutKubernetes && part === 'kubernetes'),
  );
}

/** The number that an option is, from 0. */
function numberUpTo(
  most: number,
  option: '--history-days' | '--resource-seconds',
  values: Record<string, unknown>,
): number | undefined {
  const text = values[option.slice(2)];
  if (text === undefined) {
    return undefined;
  }
  const value = Number(text);
  if (`${text}`.trim() === '' || !(value >= 0 && value <= most)) {
    throw new Error(
      `${option} must be a number from 0 to ${most}, not ${text}.`,
    );
  }
  return value;
}

function say(message: string): void {
  process.stdout.write(`${message}\n`);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      dir: { type: 'string' },
      'free-ports': { type: 'boolean' },
      'no-kubernetes': { type: 'boolean' },
      watch: { type: 'boolean' },
      'history-days': { type: 'string' },
      'resource-seconds': { type: 'string' },
      'print-env': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    say(HELP);
    return;
  }
  const sandbox = Sandbox.create({
    parts: chosenParts(values.only, values['no-kubernetes']),
    dir: values.dir,
    ports: values['free-ports'] ? FREE_PORTS : undefined,
    watch: values.watch,
    historyDays: numberUpTo(MOST_HISTORY_DAYS, '--history-days', values),
    resourceSeconds: numberUpTo(
      MOST_RESOURCE_SECONDS,
      '--resource-seconds',
      values,
    ),
    onMessage: say,
  });
  let isEnding = false;
  const end = async () => {
    if (isEnding) {
      return;
    }
    isEnding = true;
    say('\nEnding everything that was started...');
    await sandbox.stop();
    process.exit(0);
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  process.on('SIGHUP', end);
  await sandbox.start();
  if (isEnding) {
    return;
  }
  if (values['print-env']) {
    for (const [name, value] of Object.entries(sandbox.environment)) {
      say(exportLine(name, value));
    }
  }
  const lines = sandbox.parts.some(({ name }) => name === 'app')
    ? [`Slipway is ready:  ${sandbox.appUrl}`]
    : [`Ready: ${sandbox.parts.map(({ name }) => name).join(', ')}`];
  if (sandbox.awsUrl) {
    lines.push(`Sandbox status:    ${sandbox.awsUrl}/_slipway/`);
  }
  lines.push('Ctrl-C ends everything.');
  const width = Math.max(...lines.map(line => line.length));
  const rule = `+-${'-'.repeat(width)}-+`;
  say(
    [
      '',
      rule,
      ...lines.map(line => `| ${line.padEnd(width)} |`),
      rule,
      '',
    ].join('\n'),
  );
}

main().catch(error => {
  process.stderr.write(`\n${(error as Error).message}\n`);
  process.exit(1);
});
