import { endFaults, startFault } from './cli/faults';
import { exportLine } from './cli/exportLine';
import { HELP } from './cli/help';
import { lag } from './cli/lag';
import { type CommandLine, number, readCommandLine } from './cli/options';
import { SandboxClient } from './cli/SandboxClient';
import { shell } from './cli/shell';
import { status } from './cli/status';
import { world } from './cli/world';

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The lines that answer a command. */
async function run(line: CommandLine): Promise<string[]> {
  const { command, values } = line;
  if (command === 'help') {
    return [HELP];
  }
  const sandbox = SandboxClient.find(values.dir);
  switch (command) {
    case 'status':
      return status(sandbox);
    case 'world':
      return world(sandbox, line.arguments);
    case 'env':
      return Object.entries(sandbox.record.environment).map(([name, value]) =>
        exportLine(name, value),
      );
    case 'shell':
      process.exitCode = shell(sandbox, say);
      return [];
    case 'dark':
    case 'throttle':
    case 'error':
    case 'latency':
    case 'lose':
    case 'stale':
      return startFault(sandbox, line);
    case 'light':
    case 'clear':
      return endFaults(sandbox, line);
    case 'lag':
      return lag(sandbox, line.arguments);
    case 'fail': {
      const [type, ...message] = line.arguments;
      await sandbox.call('POST', 'emulator/fail', {
        type,
        message: message.join(' ') || undefined,
        times: number('--times', values.times),
      });
      return [`The next ${type} fails.`];
    }
    case 'reset':
      if (!values.yes) {
        throw new Error(
          "This deletes everything in the sandbox's AWS. If you mean it: script/sandbox reset --yes",
        );
      }
      await sandbox.call('POST', 'emulator/reset', {});
      return ['AWS is empty.'];
    default:
      process.exitCode = 2;
      return [`There is no command ${command}.`, HELP];
  }
}

async function main(): Promise<void> {
  (await run(readCommandLine(process.argv.slice(2)))).forEach(say);
}

main().catch(error => {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
});
