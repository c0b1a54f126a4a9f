import type { DescribedResource } from '@slipway/plugin-infra-scaffolder-node';
import { Exact } from '../engine/money';
import { HOURS } from '../engine/month';
import type { PricedPart, Pricer, PricingScope } from '../engine/types';
import { isOn, numberOf, required, textOf } from '../engine/values';
import { auroraInstance } from './aurora';
import {
  extendedPostgres,
  monitoringPart,
  usageClass,
  withInsights,
} from './databases';

/**
 * Included in gp3 storage of RDS for PostgreSQL, paid for beyond, below and from 400 GB. Source: Amazon RDS User Guide,
 * "Amazon RDS DB instance storage", gp3.
 */
const GP3_SMALL = { iops: 3000, mebibytesPerSecond: 125 };
const GP3_STRIPED = { iops: 12000, mebibytesPerSecond: 500 };
const STRIPED_FROM_GB = 400;

function sourceOf(
  { properties }: DescribedResource,
  scope: PricingScope,
): DescribedResource | undefined {
  return scope.referred(
    properties.SourceDBInstanceIdentifier,
    'AWS::RDS::DBInstance',
  );
}

function storageParts(
  resource: DescribedResource,
  gigabytes: Exact,
  prefix: string,
  scope: PricingScope,
): PricedPart[] {
  const { properties } = resource;
  const source = sourceOf(resource, scope)?.properties ?? {};
  const type =
    textOf(properties.StorageType) ?? textOf(source.StorageType) ?? 'gp2';
  const iops = numberOf(properties.Iops) ?? numberOf(source.Iops);
  const throughput =
    numberOf(properties.StorageThroughput) ??
    numberOf(source.StorageThroughput);
  const included = gigabytes.lt(STRIPED_FROM_GB) ? GP3_SMALL : GP3_STRIPED;
  const beyond = (value: Exact | undefined, free: number) =>
    type === 'gp3' && value?.gt(free) ? value.minus(free) : undefined;
  const moreIops = beyond(iops, included.iops);
  const moreThroughput = beyond(throughput, included.mebibytesPerSecond);
  const usage = (what: string) => ({
    service: 'AmazonRDS',
    usage: `RDS:${prefix}${type.toUpperCase()}-${what}`,
  });
  return [
    scope.part(`${gigabytes} GB of ${type}`, usage('Storage'), gigabytes),
    ...(moreIops
      ? [scope.part(`IOPS beyond ${included.iops}`, usage('PIOPS'), moreIops)]
      : []),
    ...(moreThroughput
      ? [
          scope.part(
            `MB/s beyond ${included.mebibytesPerSecond}`,
            usage('Throughput'),
            moreThroughput,
          ),
        ]
      : []),
  ];
}

/** Backups as large as the database are free; what changes each day comes on top. */
function backupParts(
  { properties }: DescribedResource,
  gigabytes: Exact,
  scope: PricingScope,
): PricedPart[] {
  const isReplica = properties.SourceDBInstanceIdentifier !== undefined;
  const days =
    numberOf(properties.BackupRetentionPeriod) ?? new Exact(isReplica ? 0 : 1);
  return days.isZero()
    ? []
    : [
        scope.part(
          `Backups of ${days} days beyond the free part`,
          { service: 'AmazonRDS', usage: 'RDS:ChargedBackupUsage' },
          gigabytes
            .times(days)
            .times(scope.assume('dailyChangePercent').div(100)),
        ),
      ];
}

/** A PostgreSQL instance; one of Aurora is priced with its cluster's storage apart. */
const instance: Pricer = (resource, scope) => {
  const { properties } = resource;
  const engine =
    textOf(properties.Engine) ??
    textOf(sourceOf(resource, scope)?.properties.Engine);
  if (
    properties.DBClusterIdentifier !== undefined ||
    engine?.startsWith('aurora')
  ) {
    return auroraInstance(resource, scope);
  }
  const instanceClass = required(
    textOf(properties.DBInstanceClass),
    'instance class',
  );
  const isMultiAz = isOn(properties.MultiAZ);
  const title = `${instanceClass}${isMultiAz ? ', Multi-AZ' : ''}`;
  if (engine !== 'postgres') {
    return {
      title,
      parts: [],
      missing: [
        `The price list has no RDS for ${
          engine ?? 'an engine that the plan does not name'
        }.`,
      ],
    };
  }
  const gigabytes =
    numberOf(properties.AllocatedStorage) ??
    numberOf(sourceOf(resource, scope)?.properties.AllocatedStorage) ??
    (properties.SourceDBInstanceIdentifier === undefined
      ? required<Exact>(undefined, 'storage')
      : scope.assume('replicaGb'));
  const usage = `${isMultiAz ? 'Multi-AZUsage' : 'InstanceUsage'}:${usageClass(
    instanceClass,
  )}`;
  return withInsights(properties, {
    title,
    parts: [
      scope.part(
        isMultiAz ? 'Instance and its standby' : 'Instance',
        { service: 'AmazonRDS', usage, operation: 'CreateDBInstance:0014' },
        HOURS,
      ),
      ...storageParts(resource, gigabytes, isMultiAz ? 'Multi-AZ-' : '', scope),
      ...backupParts(resource, gigabytes, scope),
      ...monitoringPart(properties, scope),
    ],
    missing: extendedPostgres(properties, scope.at),
  });
};

export const postgresPricers: Record<string, Pricer> = {
  'AWS::RDS::DBInstance': instance,
};
