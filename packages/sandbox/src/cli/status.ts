import type { SandboxStatus } from '../status/types';
import { faultInWords, outcomeInWords } from '../status/words';
import type { PartStatus } from '../supervisor/types';
import type { SandboxClient } from './SandboxClient';

const CALLS_TOLD = 10;

function part({ name, state, url, port, pid, note }: PartStatus): string {
  const where = url ?? `127.0.0.1:${port}`;
  return `  ${name.padEnd(9)} ${state.padEnd(8)} ${where} (pid ${pid})${
    note ? `: ${note}` : ''
  }`;
}

function listed(title: string, lines: string[], none: string): string[] {
  return lines.length === 0
    ? [none]
    : [title, ...lines.map(line => `  ${line}`)];
}

/** What runs, what is wrong with it on purpose, what was asked of it. */
export async function status(sandbox: SandboxClient): Promise<string[]> {
  const { record } = sandbox;
  const told = record.gatewayUrl
    ? await sandbox.call<SandboxStatus>('GET', 'status')
    : undefined;
  const head = `Running since ${record.startedAt} (pid ${record.pid}).`;
  const parts = (told?.parts ?? record.parts).map(part);
  if (!told) {
    return [head, ...parts];
  }
  const { faults, darkness, healthChecks, lag, calls } = told;
  const dark = [...darkness.regions, ...darkness.zones];
  return [
    head,
    ...parts,
    `Page: ${record.gatewayUrl}/_slipway/`,
    dark.length === 0 ? 'Nothing is dark.' : `Dark: ${dark.join(', ')}`,
    ...listed('Faults:', faults.map(faultInWords), 'No fault is on.'),
    `Replicas are behind by: ${Object.entries(lag)
      .map(([kind, seconds]) => `${kind} ${seconds} s`)
      .join(', ')}`,
    ...listed(
      'Health checks:',
      healthChecks.map(
        ({ name, healthy, last }) =>
          `${name} ${healthy ? 'healthy' : 'unhealthy'} ${last?.status ?? ''}`,
      ),
      'No health check.',
    ),
    `Emulated: ${told.resourceTypes.length} CloudFormation types, ${told.services.emulated.length} services; all others answer an error (the page names them).`,
    `Latest of ${calls.total} calls to AWS:`,
    ...calls.recent
      .slice(0, CALLS_TOLD)
      .map(
        call =>
          `  ${call.at} ${call.region} ${call.service} ${
            call.operation
          }: ${outcomeInWords(call)}, ${call.durationMs} ms`,
      ),
  ];
}
