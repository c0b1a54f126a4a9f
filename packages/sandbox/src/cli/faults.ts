import { REGION, ZONE } from '../faults/darkness';
import type { FaultInput } from '../faults/faultInput';
import type { Fault } from '../faults/types';
import { faultInWords } from '../status/words';
import { type CommandLine, number } from './options';
import type { SandboxClient } from './SandboxClient';

/** The match that a region or zone by its name is. */
function placeOf(
  name: string | undefined,
): { region: string } | { zone: string } {
  if (name && ZONE.test(name)) {
    return { zone: name };
  }
  if (name && REGION.test(name)) {
    return { region: name };
  }
  throw new Error(
    `Which region or zone? For example us-east-1 or us-east-1a${
      name ? `, not ${name}` : ''
    }.`,
  );
}

function faultOf({ command, values, ...line }: CommandLine): FaultInput {
  const { account, service, operation } = values;
  const [argument] = line.arguments;
  const seconds = number('--for', values.for);
  const limits = {
    probability: number('--chance', values.chance),
    times: number('--times', values.times),
    durationMs: seconds === undefined ? undefined : seconds * 1000,
  };
  if (command === 'dark') {
    const mode = (values.mode ?? 'drop') as 'drop' | 'hang' | 'unavailable';
    const match = { account, service, operation, ...placeOf(argument) };
    return { effect: { kind: 'dark', mode }, match, ...limits };
  }
  const match = { account, region: values.region, service, operation };
  if (command === 'latency') {
    const delayMs = number('latency', argument);
    if (delayMs === undefined) {
      throw new Error('How many milliseconds? script/sandbox latency 800');
    }
    const jitterMs = number('--jitter', values.jitter);
    return { effect: { kind: 'latency', delayMs, jitterMs }, match, ...limits };
  }
  return {
    effect: { kind: command as 'throttle' | 'error' | 'lose' | 'stale' },
    match,
    ...limits,
  };
}

/** Starts a fault and says which. */
export async function startFault(
  sandbox: SandboxClient,
  line: CommandLine,
): Promise<string[]> {
  const fault = await sandbox.call<Fault>('POST', 'faults', faultOf(line));
  return [faultInWords(fault)];
}

/** Ends faults and says which: by id, the dark ones, or all. */
export async function endFaults(
  sandbox: SandboxClient,
  { command, arguments: [name] }: CommandLine,
): Promise<string[]> {
  const wanted =
    command === 'light'
      ? { kind: 'dark', match: name ? placeOf(name) : {} }
      : { id: name };
  const ended = await sandbox.call<Fault[]>('DELETE', 'faults', wanted);
  return ended.length === 0
    ? ['No such fault was on.']
    : ['Ended:', ...ended.map(fault => `  ${faultInWords(fault)}`)];
}
