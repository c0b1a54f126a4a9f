import { asleepShare, type UpSchedule } from './schedule';
import type { Sleeper, SleepSavings, StaysUp } from './scheduleApi';
import type { CostEstimate } from './types';

const WEEK_MINUTES = 7 * 24 * 60;
const PLACES = 10;

const KINDS: Record<string, Sleeper['kind'][]> = {
  'AWS::EKS::Nodegroup': ['nodegroup'],
  // Of an Aurora cluster, its instances are what costs by the hour.
  'AWS::RDS::DBInstance': ['db-instance', 'db-cluster'],
  'AWS::RDS::DBCluster': ['db-cluster'],
  'AWS::EC2::Instance': ['instance'],
};

/** Exact, in units of 10^-10. */
function scaled(decimal: string): bigint {
  const [whole, fraction = ''] = decimal.split('.');
  return BigInt(whole + fraction.padEnd(PLACES, '0').slice(0, PLACES));
}

/** Down to the cent: no more is promised than is saved. */
function textOf(value: bigint): string {
  const cents = value / 10n ** BigInt(PLACES - 2);
  return `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`;
}

/**
 * What a schedule saves a month: the hours of what is stopped, times the share of a usual week in which it sleeps. Disks,
 * storage, load balancers and what is not stopped cost on. Where one of a kind stays up, the whole kind is not counted:
 * the estimate knows no ARNs.
 *
 * @public
 */
export function sleepSavings(
  estimate: Pick<CostEstimate, 'lines' | 'pricesOf'>,
  hours: UpSchedule,
  { stops, stays }: { stops: readonly Sleeper[]; stays: readonly StaysUp[] },
): SleepSavings {
  const stopped = new Set(stops.map(({ kind }) => kind));
  const leftOut = [...new Set(stays.map(({ kind }) => kind))].filter(kind =>
    stopped.has(kind),
  );
  let hourly = 0n;
  for (const { type, parts } of estimate.lines) {
    const kinds = KINDS[type] ?? [];
    if (
      kinds.some(kind => stopped.has(kind)) &&
      !kinds.some(kind => stays.some(each => each.kind === kind))
    ) {
      for (const { unit, monthlyUsd } of parts) {
        hourly += unit === 'hours' ? scaled(monthlyUsd) : 0n;
      }
    }
  }
  const share = asleepShare(hours);
  const asleepMinutes = BigInt(Math.round(share * WEEK_MINUTES));
  return {
    monthlyUsd: textOf((hourly * asleepMinutes) / BigInt(WEEK_MINUTES)),
    pricesOf: estimate.pricesOf,
    asleepShare: share,
    leftOut,
  };
}
