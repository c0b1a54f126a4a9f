import type { JsonObject, JsonValue } from '@backstage/types';
import { Exact, sum } from '../engine/money';
import { DAYS } from '../engine/month';
import type {
  PricedPart,
  Pricer,
  PriceKey,
  PricingScope,
} from '../engine/types';
import {
  isObject,
  listOf,
  numberOf,
  pointedAt,
  textOf,
  within,
} from '../engine/values';
import { otherRegionPart } from './transfer';

/** Something that a plan keeps copies of. */
interface Protected {
  words: string;
  gigabytes: Exact;
  /** AWS Backup is paid for these as their service's own snapshots are. Source: AWS Backup pricing. */
  key: PriceKey;
}

/** What a selection names; volumes found by tag stand for what it does not name. */
function protectedBy(selection: JsonObject, scope: PricingScope): Protected[] {
  const named = listOf(within(selection, 'BackupSelection').Resources);
  return named.flatMap(each => protectedThing(each, scope) ?? []);
}

function protectedThing(
  value: JsonValue,
  scope: PricingScope,
): Protected | undefined {
  const instance = scope.referred(value, 'AWS::RDS::DBInstance');
  if (instance) {
    return {
      words: 'database',
      gigabytes:
        numberOf(instance.properties.AllocatedStorage) ??
        scope.assume('replicaGb'),
      key: { service: 'AmazonRDS', usage: 'RDS:ChargedBackupUsage' },
    };
  }
  if (scope.referred(value, 'AWS::RDS::DBCluster')) {
    return {
      words: 'Aurora cluster',
      gigabytes: scope.assume('auroraGb'),
      key: { service: 'AmazonRDS', usage: 'Aurora:BackupUsage' },
    };
  }
  if (scope.referred(value, 'AWS::DynamoDB::Table')) {
    return {
      words: 'table',
      gigabytes: scope.assume('tableGb'),
      key: { service: 'AmazonDynamoDB', usage: 'TimedBackupStorage-ByteHrs' },
    };
  }
  return pointedAt(value) === undefined &&
    JSON.stringify(value).includes(':volume/')
    ? {
        words: 'volumes',
        gigabytes: scope.assume('volumeBackupGb'),
        key: { service: 'AmazonEC2', usage: 'EBS:SnapshotUsage' },
      }
    : undefined;
}

/** The first copy whole, and what changes on each day that is kept. */
function keptOf(thing: Protected, days: Exact, scope: PricingScope): Exact {
  return thing.gigabytes.times(
    scope.assume('dailyChangePercent').div(100).times(days).plus(1),
  );
}

function selectionsOf(logicalId: string, scope: PricingScope): JsonObject[] {
  return scope
    .ofType('AWS::Backup::BackupSelection')
    .map(({ properties }) => properties)
    .filter(({ BackupPlanId: plan }) => pointedAt(plan) === logicalId);
}

function ruleParts(
  rule: JsonObject,
  things: Protected[],
  scope: PricingScope,
): PricedPart[] {
  const daysOf = (lifecycle: JsonObject) =>
    numberOf(lifecycle.DeleteAfterDays) ?? new Exact(365);
  const days = daysOf(within(rule, 'Lifecycle'));
  const copies = listOf(rule.CopyActions).filter(isObject);
  const changed = sum(
    things.map(({ gigabytes }) =>
      gigabytes.times(scope.assume('dailyChangePercent').div(100)).times(DAYS),
    ),
  );
  return [
    ...things.map(thing =>
      scope.part(
        `Copies of the ${thing.words}, ${days} days`,
        thing.key,
        keptOf(thing, days, scope),
      ),
    ),
    ...copies.flatMap(copy => [
      ...things.map(thing =>
        scope.part(
          `The same of the ${thing.words} in another vault`,
          { ...thing.key, region: regionOfVault(copy) ?? scope.region },
          keptOf(thing, daysOf(within(copy, 'Lifecycle')), scope),
        ),
      ),
      ...(isElsewhere(copy, scope)
        ? [otherRegionPart('Data copied to the other region', changed, scope)]
        : []),
    ]),
  ];
}

function regionOfVault(copy: JsonObject): string | undefined {
  return textOf(copy.DestinationBackupVaultArn)?.split(':')[3];
}

function isElsewhere(copy: JsonObject, scope: PricingScope): boolean {
  const region = regionOfVault(copy);
  return region !== undefined && region !== scope.region;
}

const plan: Pricer = ({ logicalId, properties }, scope) => {
  const selections = selectionsOf(logicalId, scope);
  const things = selections.flatMap(each => protectedBy(each, scope));
  const rules = listOf(within(properties, 'BackupPlan').BackupPlanRule).filter(
    isObject,
  );
  return {
    title: 'Backups',
    parts: rules.flatMap(rule => ruleParts(rule, things, scope)),
    missing:
      things.length === 0
        ? ['The plan does not say what it keeps copies of.']
        : [],
  };
};

export const backupPricers: Record<string, Pricer> = {
  'AWS::Backup::BackupPlan': plan,
};
