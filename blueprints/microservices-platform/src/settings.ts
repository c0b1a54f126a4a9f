import { ParameterReader, readDomain } from '@slipway/blueprint-constructs';
import type { JsonObject } from '@backstage/types';

/** The parameters by type; `parameters.ts` says what each means. */
export type Settings = ReturnType<typeof readSettings>;

/**
 * Reads the parameters that the definition names.
 *
 * @param values - complete: defaults, size and the person's values
 * @throws InputError if one is missing, of another type, or domain and zone do not come together.
 */
export function readSettings(values: JsonObject) {
  const reader = ParameterReader.of(values);
  return {
    kubernetesVersion: reader.string('kubernetesVersion'),
    apiPublicAccessCidrs: reader.strings('apiPublicAccessCidrs'),
    containerInsights: reader.boolean('containerInsights'),
    nodeInstanceTypes: reader.strings('nodeInstanceTypes'),
    nodeCapacityType: reader.oneOf('nodeCapacityType', ['ON_DEMAND', 'SPOT']),
    nodeMinSize: reader.integer('nodeMinSize'),
    nodeDesiredSize: reader.integer('nodeDesiredSize'),
    nodeMaxSize: reader.integer('nodeMaxSize'),
    nodeVolumeGb: reader.integer('nodeVolumeGb'),
    dbEngineVersion: reader.string('dbEngineVersion'),
    dbInstanceClass: reader.string('dbInstanceClass'),
    dbStorageGb: reader.integer('dbStorageGb'),
    dbMultiAz: reader.boolean('dbMultiAz'),
    dbBackupRetentionDays: reader.integer('dbBackupRetentionDays'),
    dbReadReplicas: reader.integer('dbReadReplicas'),
    dbMaxConnections: reader.integer('dbMaxConnections'),
    dbMonitoringSeconds: reader.integer('dbMonitoringSeconds'),
    dbDeletionProtection: reader.boolean('dbDeletionProtection'),
    dbFinalSnapshot: reader.boolean('dbFinalSnapshot'),
    natGateways: reader.oneOf('natGateways', ['one', 'per-zone']),
    flowLogs: reader.boolean('flowLogs'),
    logRetentionDays: reader.integer('logRetentionDays'),
    auditTrail: reader.boolean('auditTrail'),
    alarmEmail: reader.string('alarmEmail'),
    dataClassification: reader.string('dataClassification'),
    domain: readDomain(reader),
  };
}
