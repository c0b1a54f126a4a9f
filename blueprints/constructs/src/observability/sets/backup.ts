import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Alarms } from '../Alarms';

/**
 * Backups that did not come off (row 003-37). AWS Backup counts by vault, so those of others that share it count too; it
 * reports a count only when there is something to count.
 *
 * @public
 */
export function addBackupAlarms(
  alarms: Alarms,
  { vaultName }: { vaultName: string },
): void {
  alarms.add('backup-failed', {
    description: `A backup into the vault ${vaultName} failed; see the vault’s jobs for whose it was and why.`,
    namespace: 'AWS/Backup',
    metricName: 'NumberOfBackupJobsFailed',
    dimensions: { BackupVaultName: vaultName },
    statistic: 'Sum',
    when: 'above',
    threshold: 0,
    periodSeconds: 3600,
    periods: 1,
    missingData: TreatMissingData.NOT_BREACHING,
  });
}
