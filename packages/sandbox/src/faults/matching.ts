import type { AwsCall, Fault, FaultMatch } from './types';

function matchesGlob(pattern: string, value: string): boolean {
  const [first, ...rest] = pattern.split('*');
  if (rest.length === 0) {
    return value === first;
  }
  if (!value.startsWith(first)) {
    return false;
  }
  const last = rest.pop()!;
  let at = first.length;
  for (const part of rest) {
    const found = value.indexOf(part, at);
    if (found < 0) {
      return false;
    }
    at = found + part.length;
  }
  return value.length - last.length >= at && value.endsWith(last);
}

/**
 * Whether a fault's match covers a call. A dark region also covers calls that are signed elsewhere but need it;
 * for other faults only the region of the signature counts.
 */
export function matchesCall(
  match: FaultMatch,
  call: AwsCall,
  isDark: boolean,
): boolean {
  const regions = isDark ? call.dependsOn : [call.region];
  return (
    match.zone === undefined &&
    (match.account === undefined || match.account === call.account) &&
    (match.region === undefined || regions.includes(match.region)) &&
    (match.service === undefined || match.service === call.service) &&
    (match.operation === undefined ||
      matchesGlob(match.operation, call.operation))
  );
}

/**
 * The faults that hit one call, in the order they were started. Chance is drawn by the caller's `random` (from 0 up to,
 * not including, 1), once for each fault that is uncertain; the time is passed in, in milliseconds since 1970.
 */
export function faultsThatHit(
  faults: readonly Fault[],
  call: AwsCall,
  nowMs: number,
  random: () => number,
): Fault[] {
  return faults.filter(
    fault =>
      fault.effect.kind !== 'replication-pause' &&
      (fault.timesLeft === undefined || fault.timesLeft > 0) &&
      (fault.endsAt === undefined || nowMs < Date.parse(fault.endsAt)) &&
      matchesCall(fault.match, call, fault.effect.kind === 'dark') &&
      (fault.probability >= 1 || random() < fault.probability),
  );
}
