import {
  AutoScalingClient,
  paginateDescribeAutoScalingGroups,
} from '@aws-sdk/client-auto-scaling';
import {
  DescribeReplicationGroupsCommand,
  ElastiCacheClient,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-elasticache';
import {
  DescribeGlobalClustersCommand,
  paginateDescribeDBClusters,
  paginateDescribeDBInstances,
  RDSClient,
} from '@aws-sdk/client-rds';
import { ANSWER_WITHIN_MS, type Clients } from '../footprint/clients';
import type { SystemFootprint } from '../footprint/types';
import { type Facts, noFacts, noRegionFacts, type RegionFacts } from './facts';
import { HealthCheckReader } from './readHealthChecks';
import { readQueues } from './readQueues';
import { readReplications } from './readReplications';

/** How often a world is read in which nothing seems to change, in times. */
const STILL_EVERY = 5;
/** What turns slowly is read every so many times. */
const SLOW_EVERY = 5;
const SLOWEST_EVERY = 30;

/** What the emulator says of itself. */
interface Changes {
  mark: string;
  lag: Facts['lag'];
}

/**
 * Reads what the world is made of, from the emulator itself and by AWS's own calls: some ten of them, and only while
 * something changes. What could not be read keeps its last value.
 */
export class FactsReader {
  readonly #clients: Clients;
  readonly #systems: readonly SystemFootprint[];
  readonly #regions: readonly string[];
  readonly #facts: Facts = noFacts();
  readonly #healthChecks: HealthCheckReader;
  readonly #cacheTags = new Map<string, Record<string, string>>();
  #times = 0;
  #mark = '';

  constructor(clients: Clients, systems: readonly SystemFootprint[]) {
    this.#clients = clients;
    this.#systems = systems;
    this.#healthChecks = new HealthCheckReader(clients);
    this.#regions = [
      ...new Set(systems.flatMap(system => Object.keys(system.regions))),
    ];
    for (const region of this.#regions) {
      this.#facts.regions[region] = noRegionFacts();
    }
  }

  get facts(): Facts {
    return this.#facts;
  }

  /** Nothing at all is there: AWS was emptied, or never filled. */
  get foundNothing(): boolean {
    return Object.values(this.#facts.regions).every(
      ({ instances, groups }) => instances.length + groups.length === 0,
    );
  }

  /** @throws Error of the first read that failed, after all others have been tried. */
  async read({ everything = false } = {}): Promise<void> {
    if (everything) {
      this.#times = 0;
    }
    const hasChanged = await this.#readChanges();
    if (!hasChanged && !this.#isDue(STILL_EVERY)) {
      this.#times += 1;
      return;
    }
    const work = [
      this.#readGlobal(),
      ...this.#regions.map(region => this.#readRegion(region)),
    ];
    if (this.#isDue(SLOW_EVERY)) {
      work.push(this.#readSlowly());
    }
    if (this.#isDue(SLOWEST_EVERY)) {
      work.push(this.#readSlowest());
    }
    this.#times += 1;
    const results = await Promise.allSettled(work);
    const failed = results.find(({ status }) => status === 'rejected');
    if (failed) {
      this.#mark = '';
      throw (failed as PromiseRejectedResult).reason;
    }
  }

  #isDue(every: number): boolean {
    return this.#times % every === 0;
  }

  /**
   * The emulator's own word on lag, which AWS tells by metrics only and some time later, and on whether anything may
   * have changed since the last time.
   */
  async #readChanges(): Promise<boolean> {
    const answer = await fetch(`${this.#clients.endpoint}/_slipway/changes`, {
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    const { mark, lag } = (await answer.json()) as Changes;
    const isNew = mark !== this.#mark;
    this.#mark = mark;
    this.#facts.lag = lag;
    return isNew;
  }

  async #readGlobal(): Promise<void> {
    const [region] = this.#regions;
    const { GlobalClusters = [] } = await this.#clients
      .of(RDSClient, region)
      .send(new DescribeGlobalClustersCommand({}));
    this.#facts.globalClusters = GlobalClusters;
  }

  async #readRegion(region: string): Promise<void> {
    const rds = { client: this.#clients.of(RDSClient, region) };
    const scaling = { client: this.#clients.of(AutoScalingClient, region) };
    const [instances, clusters, groups] = await Promise.all([
      collect(paginateDescribeDBInstances(rds, {}), page => page.DBInstances),
      collect(paginateDescribeDBClusters(rds, {}), page => page.DBClusters),
      collect(
        paginateDescribeAutoScalingGroups(scaling, {}),
        page => page.AutoScalingGroups,
      ),
      this.#readCaches(region),
    ]);
    Object.assign(this.#facts.regions[region], { instances, clusters, groups });
  }

  async #readCaches(region: string): Promise<void> {
    const client = this.#clients.of(ElastiCacheClient, region);
    const { ReplicationGroups = [] } = await client.send(
      new DescribeReplicationGroupsCommand({}),
    );
    const facts = this.#facts.regions[region];
    for (const { ARN } of ReplicationGroups) {
      if (ARN && !this.#cacheTags.has(ARN)) {
        const { TagList = [] } = await client.send(
          new ListTagsForResourceCommand({ ResourceName: ARN }),
        );
        this.#cacheTags.set(
          ARN,
          Object.fromEntries(TagList.map(({ Key, Value }) => [Key, Value])),
        );
      }
      facts.cacheTags[ARN ?? ''] = this.#cacheTags.get(ARN ?? '') ?? {};
    }
    facts.caches = ReplicationGroups;
  }

  async #readSlowly(): Promise<void> {
    this.#facts.healthChecks = await this.#healthChecks.read();
    await Promise.all(
      this.#regions.map(async region => {
        const queues: RegionFacts['queues'] = {};
        for (const system of this.#systems) {
          queues[system.name] = await readQueues(this.#clients, system, region);
        }
        this.#facts.regions[region].queues = queues;
      }),
    );
  }

  async #readSlowest(): Promise<void> {
    this.#cacheTags.clear();
    this.#facts.replications = await readReplications(
      this.#clients,
      this.#systems,
    );
  }
}

async function collect<Page, Item>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => Item[] | undefined,
): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages) {
    items.push(...(itemsOf(page) ?? []));
  }
  return items;
}
