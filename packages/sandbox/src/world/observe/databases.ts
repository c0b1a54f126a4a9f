import type { DBCluster, DBInstance } from '@aws-sdk/client-rds';
import { environmentOf } from '../footprint/tags';
import type { SystemFootprint } from '../footprint/types';
import type { DatabaseState } from '../types';
import { maxConnectionsOf, vcpusOf, vcpusOfAcus } from './capacity';
import { type Facts, noRegionFacts, type Power } from './facts';

export const NO_DATABASE: DatabaseState = {
  role: 'none',
  isAvailable: false,
  lagSeconds: null,
  identifier: '',
  readers: 0,
  capacity: { maxConnections: 0, instanceClass: '', vcpus: 0, acu: null },
};

/**
 * Statuses in which a database takes connections.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/accessing-monitoring.html
 */
const CONNECTABLE =
  /^(available|backing-up|modifying|storage-optimization|storage-initialization|configuring-.*|promoting|switching-over)$/;

/** One database that could have the role in its region. */
interface Candidate {
  identifier: string;
  role: 'writer' | 'reader';
  isAvailable: boolean;
  kind: 'rds' | 'aurora';
  instanceClass: string;
  acu: { minimum: number; maximum: number } | null;
  /** Available instances beside the one that has the role. */
  readers: number;
}

function belongs(
  system: SystemFootprint,
  identifier: string,
  tags: DBInstance['TagList'],
): boolean {
  const environment = tags?.find(({ Key }) => Key === 'slipway:environment');
  return environment
    ? environment.Value === environmentOf(system)
    : Object.values(system.regions).some(({ database }) => {
        const own = database?.identifier;
        return own !== undefined && identifier.startsWith(own);
      });
}

function takesConnections(
  instance: DBInstance,
  region: string,
  power: Power,
): boolean {
  return (
    CONNECTABLE.test(instance.DBInstanceStatus ?? '') &&
    power.isOn(region, instance.AvailabilityZone)
  );
}

function isWriter(cluster: DBCluster, facts: Facts): boolean {
  const member = facts.globalClusters
    .flatMap(({ GlobalClusterMembers = [] }) => GlobalClusterMembers)
    .find(({ DBClusterArn }) => DBClusterArn === cluster.DBClusterArn);
  return member
    ? member.IsWriter === true
    : !cluster.ReplicationSourceIdentifier;
}

function ofCluster(
  cluster: DBCluster,
  region: string,
  facts: Facts,
  power: Power,
): Candidate {
  const instances = facts.regions[region].instances.filter(
    ({ DBClusterIdentifier }) =>
      DBClusterIdentifier === cluster.DBClusterIdentifier,
  );
  const writing = new Set(
    cluster.DBClusterMembers?.filter(member => member.IsClusterWriter).map(
      member => member.DBInstanceIdentifier,
    ),
  );
  const serving = instances.filter(instance =>
    takesConnections(instance, region, power),
  );
  const leaders = instances.filter(instance =>
    writing.has(instance.DBInstanceIdentifier),
  );
  const role = isWriter(cluster, facts) ? 'writer' : 'reader';
  const isUp = CONNECTABLE.test(cluster.Status ?? '');
  const has =
    role === 'writer'
      ? leaders.some(instance => serving.includes(instance))
      : serving.length > 0;
  const scaling = cluster.ServerlessV2ScalingConfiguration;
  return {
    identifier: cluster.DBClusterIdentifier!,
    role,
    isAvailable: isUp && has,
    kind: 'aurora',
    instanceClass:
      (leaders[0] ?? instances[0])?.DBInstanceClass ?? 'db.serverless',
    acu: scaling?.MaxCapacity
      ? { minimum: scaling.MinCapacity ?? 0, maximum: scaling.MaxCapacity }
      : null,
    readers: Math.max(serving.length - (isUp && has ? 1 : 0), 0),
  };
}

function ofInstance(
  instance: DBInstance,
  region: string,
  power: Power,
): Candidate {
  return {
    identifier: instance.DBInstanceIdentifier!,
    role: instance.ReadReplicaSourceDBInstanceIdentifier ? 'reader' : 'writer',
    isAvailable: takesConnections(instance, region, power),
    kind: 'rds',
    instanceClass: instance.DBInstanceClass ?? '',
    acu: null,
    readers: 0,
  };
}

function candidates(
  system: SystemFootprint,
  region: string,
  facts: Facts,
  power: Power,
): Candidate[] {
  const { instances, clusters } = facts.regions[region] ?? noRegionFacts();
  return [
    ...clusters
      .filter(({ DBClusterIdentifier, TagList }) =>
        belongs(system, DBClusterIdentifier!, TagList),
      )
      .map(cluster => ofCluster(cluster, region, facts, power)),
    ...instances
      .filter(
        ({ DBClusterIdentifier, DBInstanceIdentifier, TagList }) =>
          !DBClusterIdentifier &&
          belongs(system, DBInstanceIdentifier!, TagList),
      )
      .map(instance => ofInstance(instance, region, power)),
  ];
}

/** A writer before a reader, one that takes connections before one that does not, the footprint's own before others. */
function rank(candidate: Candidate, own: string | undefined): number {
  return (
    (candidate.role === 'writer' ? 4 : 0) +
    (candidate.isAvailable ? 2 : 0) +
    (candidate.identifier === own ? 1 : 0)
  );
}

/** The database of a system in one region. */
export function databaseState(
  system: SystemFootprint,
  region: string,
  facts: Facts,
  power: Power,
): DatabaseState {
  const own = system.regions[region]?.database?.identifier;
  const here = candidates(system, region, facts, power).sort(
    (left, right) => rank(right, own) - rank(left, own),
  );
  const [chosen] = here;
  if (!chosen) {
    return NO_DATABASE;
  }
  const { identifier, role, isAvailable, instanceClass, acu } = chosen;
  const others = here.filter(
    other => other !== chosen && other.role === 'reader' && other.isAvailable,
  );
  return {
    role,
    isAvailable,
    identifier,
    lagSeconds:
      role === 'writer'
        ? 0
        : facts.lag[chosen.kind] +
          darkSourceSeconds(system, region, facts, power),
    readers: chosen.readers + others.length,
    capacity: {
      maxConnections: maxConnectionsOf(instanceClass, acu),
      instanceClass,
      vcpus: acu ? vcpusOfAcus(acu.maximum) : vcpusOf(instanceClass),
      acu,
    },
  };
}

/** How long the writer elsewhere has been in the dark: for so long nothing more has come from it. */
function darkSourceSeconds(
  system: SystemFootprint,
  region: string,
  facts: Facts,
  power: Power,
): number {
  const source = Object.keys(system.regions).find(
    other =>
      other !== region &&
      candidates(system, other, facts, power).some(
        ({ role }) => role === 'writer',
      ),
  );
  return source ? power.secondsDark(source) : 0;
}
