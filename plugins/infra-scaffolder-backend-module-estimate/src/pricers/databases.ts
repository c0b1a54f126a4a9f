import type { JsonObject } from '@backstage/types';
import postgres from '../../data/postgresVersions.json';
import type { PricedPart, PricingScope, Quote } from '../engine/types';
import { numberOf, textOf } from '../engine/values';

/** Performance Insights keeps seven days for nothing. Source: Amazon RDS User Guide, "Pricing and data retention". */
const FREE_INSIGHTS_DAYS = 7;

const ENDS: Record<string, string> = postgres.endOfStandardSupport;

/** As usage types have it: `db.r5.2xlarge` is `db.r5.2xl`, `db.r5.large` stays. */
export function usageClass(instanceClass: string): string {
  return instanceClass.replace(/xlarge$/, 'xl');
}

export function monitoringPart(
  { MonitoringInterval: seconds }: JsonObject,
  scope: PricingScope,
): PricedPart[] {
  return numberOf(seconds)?.gt(0)
    ? [
        scope.part(
          'Enhanced Monitoring',
          { service: 'AmazonCloudWatch', usage: 'DataProcessing-Bytes' },
          scope.assume('monitoringGb'),
        ),
      ]
    : [];
}

/** Says what of the monitoring is not priced. */
export function withInsights(properties: JsonObject, quote: Quote): Quote {
  const days = numberOf(properties.PerformanceInsightsRetentionPeriod);
  return days?.gt(FREE_INSIGHTS_DAYS)
    ? {
        ...quote,
        missing: [
          ...quote.missing,
          `Performance Insights kept for ${days} days is paid for by vCPU, which the price list does not have.`,
        ],
      }
    : quote;
}

/** Why the price is not all of it, where the version is past its standard support. */
export function extendedPostgres(
  { EngineVersion: version }: JsonObject,
  at: Date,
): string[] {
  const end = ENDS[textOf(version)?.split('.')[0] ?? ''];
  return end && new Date(end) <= at
    ? [
        `PostgreSQL ${version} is in extended support since ${end}, paid for by vCPU, which the price list does not have.`,
      ]
    : [];
}
