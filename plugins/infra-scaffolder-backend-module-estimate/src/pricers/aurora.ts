import type { DescribedResource } from '@slipway/plugin-infra-scaffolder-node';
import { Exact } from '../engine/money';
import { HOURS } from '../engine/month';
import type { Pricer, PricingScope, Quote } from '../engine/types';
import { numberOf, required, textOf, within } from '../engine/values';
import {
  extendedPostgres,
  monitoringPart,
  usageClass,
  withInsights,
} from './databases';

const POSTGRES = 'aurora-postgresql';
const OPERATION = 'CreateDBInstance:0021';

function otherEngine(engine: string | undefined, title: string): Quote {
  return {
    title,
    parts: [],
    missing: [
      `The price list has no ${
        engine ?? 'engine that the plan does not name'
      }.`,
    ],
  };
}

function clusterOf(
  { properties }: DescribedResource,
  scope: PricingScope,
): DescribedResource | undefined {
  const clusters = scope.ofType('AWS::RDS::DBCluster');
  return (
    scope.referred(properties.DBClusterIdentifier, 'AWS::RDS::DBCluster') ??
    (clusters.length === 1 ? clusters[0] : undefined)
  );
}

/** An instance of Aurora PostgreSQL: by its class, or by the capacity that its cluster scales in. */
export function auroraInstance(
  resource: DescribedResource,
  scope: PricingScope,
): Quote {
  const { properties } = resource;
  const cluster = clusterOf(resource, scope)?.properties ?? {};
  const instanceClass = required(
    textOf(properties.DBInstanceClass),
    'instance class',
  );
  const engine = textOf(properties.Engine) ?? textOf(cluster.Engine);
  if (engine !== POSTGRES) {
    return otherEngine(engine, instanceClass);
  }
  if (textOf(cluster.StorageType) === 'aurora-iopt1') {
    return otherEngine('I/O-optimised Aurora', instanceClass);
  }
  const monitoring = monitoringPart(properties, scope);
  if (instanceClass !== 'db.serverless') {
    return withInsights(properties, {
      title: `Aurora, ${instanceClass}`,
      parts: [
        scope.part(
          'Instance',
          {
            service: 'AmazonRDS',
            usage: `InstanceUsage:${usageClass(instanceClass)}`,
            operation: OPERATION,
          },
          HOURS,
        ),
        ...monitoring,
      ],
      missing: [],
    });
  }
  const scaling = within(cluster, 'ServerlessV2ScalingConfiguration');
  const least = required(numberOf(scaling.MinCapacity), 'least capacity');
  const most = required(numberOf(scaling.MaxCapacity), 'most capacity');
  const average = least.plus(
    most.minus(least).times(scope.assume('auroraCapacityPercent').div(100)),
  );
  return withInsights(properties, {
    title: `Aurora Serverless, ${least} to ${most} ACU`,
    parts: [
      scope.part(
        `${average} ACU on average`,
        {
          service: 'AmazonRDS',
          usage: 'Aurora:ServerlessV2Usage',
          operation: OPERATION,
        },
        average.times(HOURS),
      ),
      ...monitoring,
    ],
    missing: [],
  });
}

/** Whether its data come from another region: it has no login of its own. */
function isSecondary({ properties }: DescribedResource): boolean {
  return (
    properties.GlobalClusterIdentifier !== undefined &&
    properties.MasterUsername === undefined &&
    properties.ManageMasterUserPassword === undefined
  );
}

/** What the instances of a cluster share: storage, reads and writes, backups. */
const cluster: Pricer = (resource, scope) => {
  const { properties } = resource;
  const engine = textOf(properties.Engine);
  if (
    engine !== POSTGRES ||
    textOf(properties.StorageType) === 'aurora-iopt1'
  ) {
    return otherEngine(
      engine === POSTGRES ? 'I/O-optimised Aurora' : engine,
      'Database cluster',
    );
  }
  const gigabytes = scope.assume('auroraGb');
  // The last day is free: backups of one day cost nothing beyond the storage.
  const days = Exact.max(
    (numberOf(properties.BackupRetentionPeriod) ?? new Exact(1)).minus(1),
    0,
  );
  return {
    title: `Aurora storage, ${gigabytes} GB`,
    parts: [
      scope.part(
        'Storage',
        { service: 'AmazonRDS', usage: 'Aurora:StorageUsage' },
        gigabytes,
      ),
      scope.part(
        'Reads and writes',
        { service: 'AmazonRDS', usage: 'Aurora:StorageIOUsage' },
        scope.assume('auroraIoMillions').times(1e6),
      ),
      ...(days.isZero()
        ? []
        : [
            scope.part(
              `Backups beyond the free day`,
              { service: 'AmazonRDS', usage: 'Aurora:BackupUsage' },
              gigabytes
                .times(days)
                .times(scope.assume('dailyChangePercent').div(100)),
            ),
          ]),
      ...(isSecondary(resource)
        ? [
            scope.part(
              'Writes copied from the first region',
              { service: 'AmazonRDS', usage: 'Aurora:ReplicatedWriteIO' },
              scope.assume('auroraReplicatedWriteMillions').times(1e6),
            ),
          ]
        : []),
    ],
    missing: extendedPostgres(properties, scope.at),
  };
};

export const auroraPricers: Record<string, Pricer> = {
  'AWS::RDS::DBCluster': cluster,
};
