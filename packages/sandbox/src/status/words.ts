import type { Fault, FaultEffect } from '../faults/types';
import type { LoggedCall } from '../gateway/CallLog';

function effectInWords(effect: FaultEffect): string {
  switch (effect.kind) {
    case 'dark':
      return {
        drop: 'dark, connections are dropped',
        hang: 'dark, connections hang',
        unavailable: 'dark, answers 503',
      }[effect.mode];
    case 'latency':
      return effect.jitterMs > 0
        ? `${effect.delayMs} to ${effect.delayMs + effect.jitterMs} ms slower`
        : `${effect.delayMs} ms slower`;
    case 'throttle':
      return 'throttled';
    case 'error':
      return 'internal errors';
    case 'lose':
      return 'takes effect, the answer is lost';
    case 'replication-pause':
      return `nothing is replicated from bucket ${effect.bucket} to ${effect.region}`;
    default:
      return 'reads are stale';
  }
}

/** One line on a fault. */
export function faultInWords(fault: Fault): string {
  const { account, region, zone, service, operation } = fault.match;
  const what = [
    zone ?? region ?? 'every region',
    service,
    operation,
    account && `account ${account}`,
  ]
    .filter(Boolean)
    .join(' ');
  const limits = [
    fault.probability < 1 && `${fault.probability * 100} % of calls`,
    fault.timesLeft !== undefined && `${fault.timesLeft} more calls`,
    fault.endsAt && `until ${fault.endsAt}`,
    fault.startedBy !== 'command' && `started by ${fault.startedBy}`,
  ].filter(Boolean);
  return `${fault.id}  ${what}: ${effectInWords(fault.effect)}${
    limits.length > 0 ? ` (${limits.join(', ')})` : ''
  }`;
}

/** What a caller got. */
export function outcomeInWords(call: LoggedCall): string {
  const status = call.status === 0 ? 'no answer' : `${call.status}`;
  return [status, ...call.faults].join(', ');
}
