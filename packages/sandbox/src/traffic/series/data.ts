import type {
  CacheFlow,
  DatabaseFlow,
  QueueFlow,
  RegionFlow,
} from '../model/flow';
import type { SystemSpec } from '../systems/types';
import type { Family, Labels, Meter } from './types';

const gauge = (name: string, help: string, digits?: number): Family => ({
  name,
  type: 'gauge',
  help,
  digits,
});
const counter = (name: string, help: string, digits?: number): Family => ({
  name,
  type: 'counter',
  help,
  digits,
});

const DATABASE = {
  up: gauge('pg_up', 'Whether the database answers.'),
  replica: gauge('pg_replication_is_replica', 'Whether it takes reads only.'),
  maxConnections: gauge(
    'pg_settings_max_connections',
    'The most connections that the database takes.',
  ),
  connections: gauge(
    'pg_stat_activity_count',
    'Connections to the database, by state.',
  ),
  calls: counter('pg_stat_statements_calls_total', 'Queries.'),
  seconds: counter(
    'pg_stat_statements_seconds_total',
    'Time that queries took.',
    3,
  ),
  commits: counter('pg_stat_database_xact_commit_total', 'Transactions kept.'),
  rollbacks: counter(
    'pg_stat_database_xact_rollback_total',
    'Transactions taken back.',
  ),
  operations: counter(
    'db_client_operations_total',
    'Queries as the components saw them, by outcome.',
  ),
  cpu: gauge(
    'aws_rds_cpuutilization_average',
    'CPU of the database in use, in percent.',
    1,
  ),
  acu: gauge(
    'aws_rds_serverless_database_capacity_average',
    'Capacity of Aurora Serverless, in ACU.',
    1,
  ),
  lag: gauge(
    'aws_rds_replica_lag_average',
    'How far the data of the region are behind the writer, in seconds.',
    2,
  ),
};

const CACHE = {
  up: gauge('redis_up', 'Whether the cache answers.'),
  hits: counter('redis_keyspace_hits_total', 'Look-ups that found the key.'),
  misses: counter('redis_keyspace_misses_total', 'Look-ups that did not.'),
  operations: counter('redis_commands_processed_total', 'Operations.'),
  seconds: counter(
    'redis_commands_duration_seconds_total',
    'Time that operations took, as the components saw it.',
    3,
  ),
  failed: counter(
    'redis_commands_failed_calls_total',
    'Operations that failed.',
  ),
  memory: gauge('redis_memory_used_bytes', 'Memory in use.'),
  memoryMax: gauge('redis_memory_max_bytes', 'Memory that it may take.'),
  clients: gauge('redis_connected_clients', 'Connections to the cache.'),
  evicted: counter(
    'redis_evicted_keys_total',
    'Keys evicted for want of memory.',
  ),
  lag: gauge(
    'aws_elasticache_global_datastore_replication_lag_average',
    'How far the cache of the region is behind the primary, in seconds.',
    2,
  ),
};

const QUEUE = {
  visible: gauge(
    'aws_sqs_approximate_number_of_messages_visible_average',
    'Messages that wait in the queue.',
  ),
  age: gauge(
    'aws_sqs_approximate_age_of_oldest_message_maximum',
    'Age of the oldest of them, in seconds.',
    1,
  ),
  sent: counter('aws_sqs_number_of_messages_sent_total', 'Messages put in.'),
  lag: gauge('kafka_consumergroup_lag', 'Messages that wait in the topic.'),
  offset: counter(
    'kafka_topic_partition_current_offset_total',
    'Messages put into the topic.',
  ),
  brokers: gauge('kafka_brokers', 'Brokers that run.'),
};

const JOBS = counter('worker_jobs_total', 'Jobs done, by outcome.');
const JOB_SECONDS = counter(
  'worker_job_seconds_total',
  'Time that jobs took.',
  1,
);

/** What databases, caches, queues and workers of a region tell. */
export const DATA_FAMILIES = [
  ...Object.values(DATABASE),
  ...Object.values(CACHE),
  ...Object.values(QUEUE),
  JOBS,
  JOB_SECONDS,
];

function databaseSeries(
  meter: Meter,
  labels: Labels,
  spec: SystemSpec,
  of: DatabaseFlow | undefined,
): void {
  const active =
    of && Math.min(of.connections, 1 + of.queries * of.querySeconds);
  meter.gauge(DATABASE.up, labels, of && Number(of.isUp));
  meter.gauge(DATABASE.replica, labels, of && Number(!of.isWriter));
  meter.gauge(DATABASE.maxConnections, labels, of?.maxConnections);
  meter.gauge(DATABASE.connections, { ...labels, state: 'active' }, active);
  meter.gauge(
    DATABASE.connections,
    { ...labels, state: 'idle' },
    of && of.connections - (active ?? 0),
  );
  meter.counter(DATABASE.calls, labels, of?.queries);
  meter.counter(DATABASE.seconds, labels, of && of.queries * of.querySeconds);
  meter.counter(DATABASE.commits, labels, of?.commits);
  meter.counter(DATABASE.rollbacks, labels, of?.rollbacks);
  meter.counter(
    DATABASE.operations,
    { ...labels, outcome: 'success' },
    of?.succeeded,
  );
  meter.counter(
    DATABASE.operations,
    { ...labels, outcome: 'error' },
    of?.failed,
  );
  meter.gauge(DATABASE.cpu, labels, of && of.cpu * 100);
  if (spec.database.acu !== undefined) {
    meter.gauge(DATABASE.acu, labels, of?.acu);
  }
  meter.gauge(DATABASE.lag, labels, of?.lagSeconds);
}

function cacheSeries(
  meter: Meter,
  labels: Labels,
  of: CacheFlow | undefined,
): void {
  meter.gauge(CACHE.up, labels, of && Number(of.isUp));
  meter.counter(CACHE.hits, labels, of?.hits);
  meter.counter(CACHE.misses, labels, of?.misses);
  meter.counter(CACHE.operations, labels, of?.operations);
  meter.counter(
    CACHE.seconds,
    labels,
    of && of.operations * of.operationSeconds,
  );
  meter.counter(CACHE.failed, labels, of?.failed);
  meter.gauge(
    CACHE.memory,
    labels,
    of && Math.round(of.memoryInUse / 1e6) * 1e6,
  );
  meter.gauge(CACHE.memoryMax, labels, of && Math.round(of.memory));
  meter.gauge(CACHE.clients, labels, of?.clients);
  meter.counter(CACHE.evicted, labels, of?.evicted);
  meter.gauge(CACHE.lag, labels, of?.lagSeconds);
}

function queueSeries(
  meter: Meter,
  labels: Labels,
  { kind, name }: NonNullable<SystemSpec['queue']>,
  of: QueueFlow | undefined,
): void {
  if (kind === 'sqs') {
    const queue = { ...labels, queue: name };
    meter.gauge(QUEUE.visible, queue, of?.waiting);
    meter.gauge(QUEUE.age, queue, of?.oldestSeconds);
    meter.counter(QUEUE.sent, queue, of?.sent);
  } else {
    const topic = { ...labels, topic: name };
    meter.gauge(QUEUE.lag, { ...topic, consumergroup: 'ingest' }, of?.waiting);
    meter.counter(QUEUE.offset, topic, of?.sent);
    meter.gauge(QUEUE.brokers, labels, of?.brokers);
  }
}

export function dataSeries(
  meter: Meter,
  spec: SystemSpec,
  flow: RegionFlow,
): void {
  const labels = { system: spec.name, region: flow.region };
  databaseSeries(meter, labels, spec, flow.database);
  if (spec.cache) {
    cacheSeries(meter, labels, flow.cache);
  }
  if (spec.queue) {
    queueSeries(meter, labels, spec.queue, flow.queue);
  }
  for (const { spec: component, jobs } of flow.components) {
    if (jobs) {
      const worker = { ...labels, component: component.name };
      const { succeeded, failed, seconds } = jobs;
      meter.counter(JOBS, { ...worker, outcome: 'success' }, succeeded);
      meter.counter(JOBS, { ...worker, outcome: 'error' }, failed);
      meter.counter(JOB_SECONDS, worker, (succeeded + failed) * seconds);
    }
  }
}
