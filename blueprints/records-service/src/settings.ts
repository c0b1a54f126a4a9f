import type { JsonObject } from '@backstage/types';
import {
  ParameterReader,
  readBackups,
  readCacheSettings,
  readDomain,
  readFoundationSettings,
  readNodeCounts,
  readPostgresSettings,
  readRotation,
} from '@slipway/blueprint-constructs';

/** The parameters by type; `parameters.ts` says what each means. */
export type Settings = ReturnType<typeof readSettings>;

/** From this size on RDS lets one choose the input and output of gp3. */
const PROVISIONED_FROM_GB = 400;

/** @throws InputError if one is missing, of another type, or does not go with another. */
export function readSettings(values: JsonObject) {
  const reader = ParameterReader.of(values);
  const database = readPostgresSettings(reader);
  const iops = reader.integer('dbIops');
  return {
    foundation: readFoundationSettings(reader),
    nodes: {
      ...readNodeCounts(reader, 'node'),
      instanceTypes: reader.strings('nodeInstanceTypes'),
      capacityType: reader.oneOf('nodeCapacityType', ['ON_DEMAND', 'SPOT']),
    },
    database: {
      ...database,
      iops: database.storageGb >= PROVISIONED_FROM_GB ? iops : undefined,
      rotation: readRotation(reader),
    },
    cache: readCacheSettings(reader),
    kafka: {
      version: reader.string('kafkaVersion'),
      brokerType: reader.string('kafkaBrokerType'),
      brokers: reader.integer('kafkaBrokers'),
      storageGb: reader.integer('kafkaStorageGb'),
      maxStorageGb: reader.integer('kafkaMaxStorageGb'),
    },
    domain: readDomain(reader),
    cdn: reader.boolean('cdn'),
    originShield: reader.boolean('originShield'),
    dnsFailover: reader.boolean('dnsFailover'),
    requestLimit: reader.boolean('webFirewall')
      ? reader.integer('requestLimit')
      : undefined,
    tracing: reader.boolean('tracing'),
    backups: readBackups(reader),
  };
}
