import { parseArgs } from 'node:util';
import { Sandbox } from './supervisor/Sandbox';
import { FREE_PORTS, type Part, PARTS } from './supervisor/types';

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
  const seconds = values['resource-seconds'];
  const sandbox = Sandbox.create({
    parts: chosenParts(values.only, values['no-kubernetes']),
    dir: values.dir,
    ports: values['free-ports'] ? FREE_PORTS : undefined,
    watch: values.watch,
    historyDays:
      values['history-days'] === undefined
        ? undefined
        : Number(values['history-days']),
    resourceSeconds: seconds === undefined ? undefined : Number(seconds),
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
      say(`export ${name}='${value}'`);
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
