import type { AuroraPostgres } from '../../database/AuroraPostgres';
import type { Alarms } from '../Alarms';
import { FIVE_MINUTES } from './periods';

/**
 * Aurora: its load, its connections, and how far it is behind (rows 001-18, 001-46, 003-15).
 *
 * @public
 */
export function addAuroraAlarms(
  alarms: Alarms,
  aurora: AuroraPostgres,
  options: { isServerless: boolean; isGlobal: boolean },
): void {
  const metric = {
    namespace: 'AWS/RDS',
    dimensions: { DBClusterIdentifier: aurora.cluster.ref },
    ...FIVE_MINUTES,
  };
  alarms.add('database-cpu', {
    ...metric,
    description: 'The database uses more than 80 % of its CPU.',
    metricName: 'CPUUtilization',
    statistic: 'Average',
    when: 'above',
    threshold: 80,
    periods: 3,
  });
  if (options.isServerless) {
    alarms.add('database-capacity', {
      ...metric,
      description:
        'The database has used more than 90 % of its most capacity for 15 minutes; raise the bound.',
      metricName: 'ACUUtilization',
      statistic: 'Average',
      when: 'above',
      threshold: 90,
      periods: 3,
    });
  }
  if (aurora.instances.length > 1) {
    alarms.add('reader-lag', {
      ...metric,
      description: 'A reader is more than a second behind the writer.',
      metricName: 'AuroraReplicaLagMaximum',
      statistic: 'Maximum',
      when: 'above',
      threshold: 1000,
      periods: 2,
    });
  }
  if (options.isGlobal) {
    alarms.add('global-lag', {
      ...metric,
      description:
        'The other region is more than a minute behind; a failover now would lose that much.',
      metricName: 'AuroraGlobalDBReplicationLag',
      statistic: 'Maximum',
      when: 'above',
      threshold: 60_000,
      periods: 2,
    });
  }
}
