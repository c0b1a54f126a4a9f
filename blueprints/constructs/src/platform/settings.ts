import { InputError } from '@backstage/errors';
import type { ParameterReader } from '../stack/ParameterReader';

/** The parameters of every cluster and its surroundings, by type. @public */
export type FoundationSettings = ReturnType<typeof readFoundationSettings>;

/** @throws InputError if one is missing or of another type. @public */
export function readFoundationSettings(reader: ParameterReader) {
  return {
    kubernetesVersion: reader.string('kubernetesVersion'),
    apiPublicAccessCidrs: reader.strings('apiPublicAccessCidrs'),
    containerInsights: reader.boolean('containerInsights'),
    nodeVolumeGb: reader.integer('nodeVolumeGb'),
    natGateways: reader.oneOf('natGateways', ['one', 'per-zone']),
    flowLogs: reader.boolean('flowLogs'),
    logRetentionDays: reader.integer('logRetentionDays'),
    auditTrail: reader.boolean('auditTrail'),
    alarmEmail: reader.string('alarmEmail'),
    dataClassification: reader.string('dataClassification'),
  };
}

/** A node group by the parameters with a prefix. @public */
export function readNodeCounts(
  reader: ParameterReader,
  prefix: 'node' | 'spot',
) {
  return {
    minSize: reader.integer(`${prefix}MinSize`),
    desiredSize: reader.integer(`${prefix}DesiredSize`),
    maxSize: reader.integer(`${prefix}MaxSize`),
  };
}

/** @public */
export function readAuroraSettings(reader: ParameterReader) {
  return {
    engineVersion: reader.string('dbEngineVersion'),
    instances: reader.integer('dbInstances'),
    backupRetentionDays: reader.integer('dbBackupRetentionDays'),
    deletionProtection: reader.boolean('dbDeletionProtection'),
    finalSnapshot: reader.boolean('dbFinalSnapshot'),
  };
}

/** @public */
export function readCacheSettings(reader: ParameterReader) {
  return {
    nodeType: reader.string('cacheNodeType'),
    engineVersion: reader.string('cacheEngineVersion'),
    shards: reader.integer('cacheShards'),
    replicasPerShard: reader.integer('cacheReplicas'),
    eviction: reader.string('cacheEviction'),
    snapshotDays: reader.integer('cacheSnapshotDays'),
  };
}

/** The function that rotates secrets; undefined where none is given. @public */
export function readRotation(reader: ParameterReader) {
  const functionArn = reader.string('rotationFunctionArn');
  const days = reader.integer('rotationDays');
  return functionArn ? { functionArn, days } : undefined;
}

/** Domain and zone, which come together. @throws InputError if one is there alone. @public */
export function readDomain(reader: ParameterReader) {
  const name = reader.string('domainName');
  const hostedZoneId = reader.string('hostedZoneId');
  if (!name && !hostedZoneId) return undefined;
  if (!name || !hostedZoneId) {
    throw new InputError(
      name
        ? `The domain ${name} needs the hosted zone that proves its certificate: give hostedZoneId too, or leave domainName empty.`
        : `The hosted zone ${hostedZoneId} is of use with a domain only: give domainName too, or leave hostedZoneId empty.`,
    );
  }
  return { name, hostedZoneId };
}

/** The vaults of daily backups; undefined where none is given. @public */
export function readBackups(reader: ParameterReader) {
  const vaultName = reader.string('backupVault');
  const copyVaultArn = reader.string('backupCopyVaultArn') || undefined;
  const keepDays = reader.integer('backupKeepDays');
  if (!vaultName && copyVaultArn) {
    throw new InputError(
      'Copies are made of daily backups: give backupVault too, or leave backupCopyVaultArn empty.',
    );
  }
  return vaultName ? { vaultName, copyVaultArn, keepDays } : undefined;
}

/** @public */
export function readPostgresSettings(reader: ParameterReader) {
  return {
    engineVersion: reader.string('dbEngineVersion'),
    instanceClass: reader.string('dbInstanceClass'),
    storageGb: reader.integer('dbStorageGb'),
    multiAz: reader.boolean('dbMultiAz'),
    backupRetentionDays: reader.integer('dbBackupRetentionDays'),
    readReplicas: reader.integer('dbReadReplicas'),
    maxConnections: reader.integer('dbMaxConnections'),
    monitoringSeconds: reader.integer('dbMonitoringSeconds'),
    deletionProtection: reader.boolean('dbDeletionProtection'),
    finalSnapshot: reader.boolean('dbFinalSnapshot'),
  };
}
