import { Route53Client } from '@aws-sdk/client-route-53';
import { S3Client } from '@aws-sdk/client-s3';
import { Clients, type Connection } from './clients';
import { makeAurora } from './makers/aurora';
import { makeBucket, makeReplication } from './makers/buckets';
import { makeCache } from './makers/caches';
import { makeDistribution } from './makers/distribution';
import { makeHealthChecks } from './makers/healthChecks';
import { makeKafka, makeQueue } from './makers/messaging';
import { makeCrossRegionReplica, makePostgres } from './makers/postgres';
import { makeRecords, makeZone } from './makers/records';
import { type DatabaseLogin, makeDatabaseLogin } from './makers/secrets';
import { Site } from './makers/site';
import { makeSnapshots } from './makers/snapshots';
import { makeStack, type StackOutputs } from './makers/stack';
import { makeSwitches } from './makers/switches';
import { SWITCH_REGION } from './names';
import type { SystemFootprint } from './types';

/** Options of {@link buildFootprint}. */
export interface FootprintOptions {
  connection: Connection;
  systems: readonly SystemFootprint[];
  signal: AbortSignal;
}

/**
 * Makes what is missing of the systems' footprint and leaves alone what is there, so it can be stopped at any moment
 * and run again. All systems are made at the same time, and one that cannot be made does not keep the others.
 *
 * @throws AggregateError naming each system that could not be made.
 */
export async function buildFootprint(options: FootprintOptions): Promise<void> {
  const clients = new Clients(options.connection);
  try {
    const zoneId = await makeZone(clients.of(Route53Client, 'us-east-1'));
    await makeSwitches(clients.of(S3Client, SWITCH_REGION));
    const results = await Promise.allSettled(
      options.systems.map(system =>
        buildSystem(
          new Site(system, system.homeRegion, clients, options.signal),
          zoneId,
        ),
      ),
    );
    const problems = results.flatMap((result, index) =>
      result.status === 'rejected'
        ? [
            `${options.systems[index].name}: ${
              (result.reason as Error).message
            }`,
          ]
        : [],
    );
    if (problems.length > 0) {
      throw new Error(problems.join('; '));
    }
  } finally {
    clients.destroy();
  }
}

async function buildSystem(home: Site, zoneId: string): Promise<void> {
  const { system } = home;
  const sites = Object.keys(system.regions).map(region => home.in(region));
  const login = await makeDatabaseLogin(home);
  const stacks: Record<string, StackOutputs> = {};
  await all([
    buildStorage(sites),
    ...sites.map(async site => {
      const stack = await makeStack(site);
      if (stack) {
        stacks[site.region] = stack;
      }
    }),
  ]);
  const homeStack = stacks[home.region];
  await all([
    buildEntrance(home, zoneId, stacks),
    buildDatabases(home, sites, stacks, login),
    buildCaches(sites, stacks),
    home.parts.kafka && makeKafka(home, home.parts.kafka, homeStack),
  ]);
}

/** Waits for all, also when one fails, so that nothing goes on behind the caller's back. */
async function all(work: Array<Promise<unknown> | undefined>): Promise<void> {
  const results = await Promise.allSettled(work);
  const failed = results.find(({ status }) => status === 'rejected');
  if (failed) {
    throw (failed as PromiseRejectedResult).reason;
  }
}

async function buildStorage(sites: Site[]): Promise<void> {
  const buckets = sites.flatMap(site =>
    (site.parts.buckets ?? []).map(bucket => ({ site, bucket })),
  );
  await all([
    ...buckets.map(({ site, bucket }) => makeBucket(site, bucket)),
    ...sites.flatMap(site =>
      (site.parts.queues ?? []).map(queue => makeQueue(site, queue)),
    ),
  ]);
  for (const { site, bucket } of buckets) {
    if (bucket.replicatesTo) {
      await makeReplication(site, bucket.name, bucket.replicatesTo);
    }
  }
}

async function buildEntrance(
  home: Site,
  zoneId: string,
  stacks: Record<string, StackOutputs>,
): Promise<void> {
  const checks = await makeHealthChecks(home);
  const distribution = home.system.entrance.hasCdn
    ? await makeDistribution(home, stacks[home.region].certificate)
    : undefined;
  await makeRecords(home, zoneId, stacks, checks, distribution);
}

/** The home region first: what stands elsewhere follows it. */
async function buildDatabases(
  home: Site,
  sites: Site[],
  stacks: Record<string, StackOutputs>,
  login: DatabaseLogin,
): Promise<void> {
  for (const site of homeFirst(sites)) {
    const { database } = site.parts;
    const stack = stacks[site.region];
    if (database?.kind === 'postgres') {
      await makePostgres(site, database, stack, login);
      await makeSnapshots(site, database);
    } else if (database?.kind === 'aurora') {
      await makeAurora(site, database, stack, login);
      await makeSnapshots(site, database);
    } else if (database?.kind === 'replica') {
      const source = home.in(database.source.region);
      await makeCrossRegionReplica(site, database, stack, source);
    }
  }
}

async function buildCaches(
  sites: Site[],
  stacks: Record<string, StackOutputs>,
): Promise<void> {
  for (const site of homeFirst(sites)) {
    if (site.parts.cache) {
      await makeCache(site, site.parts.cache, stacks[site.region]);
    }
  }
}

function homeFirst(sites: Site[]): Site[] {
  return [...sites].sort(
    (left, right) => Number(right.isHome) - Number(left.isHome),
  );
}
