import { DAYS } from '../engine/month';
import type { Pricer } from '../engine/types';
import { isObject, isOn, listOf, numberOf } from '../engine/values';
import { Exact } from '../engine/money';

/** Alarms that look more often than once a minute cost more. */
const MINUTE_SECONDS = 60;

/** An alarm is paid for by each metric that it looks at. */
const alarm: Pricer = ({ properties }, scope) => {
  const metrics = listOf(properties.Metrics).filter(
    metric => isObject(metric) && metric.MetricStat !== undefined,
  ).length;
  const isFast = numberOf(properties.Period)?.lt(MINUTE_SECONDS) ?? false;
  return {
    title: 'Alarm',
    parts: [
      scope.part(
        isFast ? 'Metrics, several times a minute' : 'Metrics',
        {
          service: 'AmazonCloudWatch',
          usage: isFast
            ? 'CW:HighResAlarmMonitorUsage'
            : 'CW:AlarmMonitorUsage',
        },
        Math.max(metrics, 1),
        { unit: 'metrics' },
      ),
    ],
    missing:
      properties.ThresholdMetricId === undefined
        ? []
        : [
            'An alarm on what is unusual is paid for by three metrics, of which one is reckoned.',
          ],
  };
};

const dashboard: Pricer = (_, scope) => ({
  title: 'Dashboard',
  parts: [
    scope.part(
      'Dashboard',
      { service: 'AmazonCloudWatch', usage: 'DashboardsUsageHour' },
      1,
    ),
  ],
  missing: [],
});

/** What is written, and what is kept of it for as long as it is kept; a year where it is kept for ever. */
const logGroup: Pricer = ({ properties }, scope) => {
  const days = numberOf(properties.RetentionInDays) ?? new Exact(365);
  const gigabytes = scope.assume('logGb');
  return {
    title: `Logs, kept ${days} days`,
    parts: [
      scope.part(
        'Written',
        { service: 'AmazonCloudWatch', usage: 'DataProcessing-Bytes' },
        gigabytes,
      ),
      scope.part(
        'Kept',
        { service: 'AmazonCloudWatch', usage: 'TimedStorage-ByteHrs' },
        gigabytes
          .times(scope.assume('logKeptPercent').div(100))
          .times(days)
          .div(DAYS)
          .toDecimalPlaces(4),
      ),
    ],
    missing:
      properties.LogGroupClass === undefined ||
      properties.LogGroupClass === 'STANDARD'
        ? []
        : [
            `Log class ${properties.LogGroupClass} is priced as the standard one.`,
          ],
  };
};

/** Management events as a second copy, and data events where it looks into buckets. */
const trail: Pricer = ({ properties }, scope) => {
  const selectors = listOf(properties.EventSelectors).filter(isObject);
  const advanced = listOf(properties.AdvancedEventSelectors);
  const looksIntoData =
    selectors.some(each => listOf(each.DataResources).length > 0) ||
    advanced.length > 0;
  const records =
    selectors.length === 0 ||
    selectors.some(
      each =>
        each.IncludeManagementEvents === undefined ||
        isOn(each.IncludeManagementEvents),
    );
  return {
    title: 'Audit trail',
    parts: [
      ...(records
        ? [
            scope.part(
              'Management events',
              { service: 'AWSCloudTrail', usage: 'PaidEventsRecorded' },
              scope.assume('auditThousands').times(1e3),
            ),
          ]
        : []),
      ...(looksIntoData
        ? [
            scope.part(
              'Data events',
              { service: 'AWSCloudTrail', usage: 'DataEventsRecorded' },
              scope.assume('auditDataMillions').times(1e6),
            ),
          ]
        : []),
    ],
    missing:
      listOf(properties.InsightSelectors).length > 0
        ? ['Insights of a trail are not in the price list.']
        : [],
  };
};

export const observabilityPricers: Record<string, Pricer> = {
  'AWS::CloudWatch::Alarm': alarm,
  'AWS::CloudWatch::Dashboard': dashboard,
  'AWS::Logs::LogGroup': logGroup,
  'AWS::CloudTrail::Trail': trail,
};
