import type { PostgresDatabase } from '../../database/PostgresDatabase';
import type { Alarms } from '../Alarms';
import { FIVE_MINUTES } from './periods';

const GB = 1024 ** 3;

/**
 * RDS PostgreSQL and its replicas (rows 004-08, 004-26, 004-34).
 *
 * @public
 */
export function addDatabaseAlarms(
  alarms: Alarms,
  database: Pick<PostgresDatabase, 'instance' | 'replicas'>,
  limits: { storageGb: number; maxConnections: number },
): void {
  const metrics = (identifier: string) => ({
    namespace: 'AWS/RDS',
    dimensions: { DBInstanceIdentifier: identifier },
    ...FIVE_MINUTES,
  });
  const instance = metrics(database.instance.ref);
  alarms
    .add('database-cpu', {
      ...instance,
      description: 'The database uses more than 80 % of its CPU.',
      metricName: 'CPUUtilization',
      statistic: 'Average',
      when: 'above',
      threshold: 80,
      periods: 3,
    })
    .add('database-connections', {
      ...instance,
      description: `More than 80 % of the ${limits.maxConnections} connections are taken.`,
      metricName: 'DatabaseConnections',
      statistic: 'Maximum',
      when: 'above',
      threshold: Math.floor(limits.maxConnections * 0.8),
      periods: 2,
    })
    .add('database-storage', {
      ...instance,
      description: `Less than 15 % of the ${limits.storageGb} GB are free; raise the storage before it is full.`,
      metricName: 'FreeStorageSpace',
      statistic: 'Minimum',
      when: 'below',
      threshold: Math.floor(limits.storageGb * 0.15 * GB),
      periods: 1,
    })
    .add('database-memory', {
      ...instance,
      description: 'Less than 64 MB of memory are free in the database.',
      metricName: 'FreeableMemory',
      statistic: 'Minimum',
      when: 'below',
      threshold: 64 * 1024 ** 2,
      periods: 3,
    });
  for (const [index, replica] of database.replicas.entries()) {
    alarms.add(`replica-${index + 1}-lag`, {
      ...metrics(replica.ref),
      description: `Read replica ${index + 1} is more than 30 s behind.`,
      metricName: 'ReplicaLag',
      statistic: 'Maximum',
      when: 'above',
      threshold: 30,
      periods: 2,
    });
  }
}
