import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { ROOT_DIR } from './rootDir';
import type { FaultInput } from './faults/faultInput';
import type { Fault } from './faults/types';
import type { SandboxStatus } from './status/types';
import { faultInWords, outcomeInWords } from './status/words';
import { RunFile, type RunRecord } from './supervisor/runFile';

const HELP = `script/sandbox COMMAND      looks at and troubles the running sandbox
  status                    what runs, on which ports, which faults are on, the latest calls to AWS
  env                       the environment for programs that use the sandbox: eval "$(script/sandbox env)"
  shell                     a shell with that environment
  dark REGION               the region is gone   [--mode drop|hang|unavailable]
  light [REGION]            ends that; all dark regions when none is named
  throttle | error          calls are refused as AWS does
  latency MS                calls take longer    [--jitter MS]
  lose                      calls take effect, their answers never arrive
  stale                     reads answer what they answered before
  clear [ID]                ends a fault, or all
  fail TYPE [MESSAGE]       the next resource of a CloudFormation type fails   [--times N]
  reset --yes               empties AWS
Faults take --service, --operation (with *), --region, --account, --times N, --chance 0..1, --for SECONDS;
--dir DIR names the sandbox's folder when it is not .local.`;

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

const { values, positionals } = parseArgs({
  options: OPTIONS,
  allowPositionals: true,
});

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function runningSandbox(): RunRecord {
  const dir = values.dir ?? path.join(ROOT_DIR, '.local');
  const record = new RunFile(path.resolve(dir)).readRunning();
  if (!record) {
    throw new Error(
      `No sandbox runs with its state in ${dir}. Start one: script/server`,
    );
  }
  return record;
}

async function call<T>(
  method: string,
  address: string,
  body?: unknown,
): Promise<T> {
  const { gatewayUrl } = runningSandbox();
  if (!gatewayUrl) {
    throw new Error('This sandbox runs without AWS.');
  }
  const answer = await fetch(`${gatewayUrl}/_slipway/${address}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const result = (await answer.json()) as T & { message?: string };
  if (!answer.ok) {
    throw new Error(result.message ?? `${address} answered ${answer.status}`);
  }
  return result;
}

function number(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
}

async function start(effect: FaultInput['effect'], region?: string) {
  const seconds = number(values.for);
  const input: FaultInput = {
    effect,
    match: {
      account: values.account,
      region: region ?? values.region,
      service: values.service,
      operation: values.operation,
    },
    probability: number(values.chance),
    times: number(values.times),
    durationMs: seconds === undefined ? undefined : seconds * 1000,
  };
  say(faultInWords(await call<Fault>('POST', 'faults', input)));
}

async function end(input: object) {
  const ended = await call<Fault[]>('DELETE', 'faults', input);
  say(ended.length === 0 ? 'No such fault was on.' : 'Ended:');
  ended.forEach(fault => say(`  ${faultInWords(fault)}`));
}

async function status() {
  const record = runningSandbox();
  const told = record.gatewayUrl
    ? await call<SandboxStatus>('GET', 'status')
    : undefined;
  say(`Running since ${record.startedAt} (pid ${record.pid}).`);
  for (const part of told?.parts ?? record.parts) {
    const where = part.url ?? `127.0.0.1:${part.port}`;
    say(
      `  ${part.name.padEnd(9)} ${part.state.padEnd(8)} ${where} (pid ${
        part.pid
      })`,
    );
  }
  if (told) {
    say(told.faults.length === 0 ? 'No fault is on.' : 'Faults:');
    told.faults.forEach(fault => say(`  ${faultInWords(fault)}`));
    say(
      `Emulated by CloudFormation: ${told.resourceTypes.length} types; others, and calls that are not emulated, are refused.`,
    );
    say(`Latest of ${told.calls.total} calls to AWS:`);
    told.calls.recent
      .slice(0, 10)
      .forEach(logged =>
        say(
          `  ${logged.at} ${logged.region} ${logged.service} ${
            logged.operation
          }: ${outcomeInWords(logged)}, ${logged.durationMs} ms`,
        ),
      );
  }
}

async function main(command: string, [argument, ...rest]: string[]) {
  switch (command) {
    case 'status':
      return status();
    case 'env':
      return Object.entries(runningSandbox().environment).forEach(
        ([name, value]) => say(`export ${name}='${value}'`),
      );
    case 'shell':
      process.exitCode = spawnSync(process.env.SHELL ?? '/bin/sh', {
        stdio: 'inherit',
        env: { ...process.env, ...runningSandbox().environment },
      }).status as number;
      return undefined;
    case 'dark':
      if (!argument) {
        throw new Error('Which region? script/sandbox dark us-east-1');
      }
      return start(
        {
          kind: 'dark',
          mode: (values.mode ?? 'drop') as 'drop' | 'hang' | 'unavailable',
        },
        argument,
      );
    case 'light':
      return end({
        kind: 'dark',
        match: argument ? { region: argument } : {},
      });
    case 'latency':
      return start({
        kind: 'latency',
        delayMs: Number(argument),
        jitterMs: number(values.jitter),
      });
    case 'throttle':
    case 'error':
    case 'lose':
    case 'stale':
      return start({ kind: command });
    case 'clear':
      return end(argument ? { id: argument } : {});
    case 'fail':
      await call('POST', 'emulator/fail', {
        type: argument,
        message: rest.join(' ') || undefined,
        times: number(values.times),
      });
      return say(`The next ${argument} fails.`);
    case 'reset':
      if (!values.yes) {
        throw new Error(
          "This deletes everything in the sandbox's AWS. If you mean it: script/sandbox reset --yes",
        );
      }
      await call('POST', 'emulator/reset', {});
      return say('AWS is empty.');
    default:
      say(HELP);
      process.exitCode = command === 'help' ? 0 : 2;
      return undefined;
  }
}

main(positionals[0] ?? 'help', positionals.slice(1)).catch(error => {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
});
