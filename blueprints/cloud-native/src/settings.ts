import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  ParameterReader,
  readAuroraSettings,
  readBackups,
  readCacheSettings,
  readDomain,
  readFoundationSettings,
  readNodeCounts,
  readRegionRole,
  readRotation,
  readRouting,
} from '@slipway/blueprint-constructs';

/** The parameters by type; `parameters.ts` says what each means. */
export type Settings = ReturnType<typeof readSettings>;

/** @throws InputError if one is missing, of another type, or does not go with another. */
export function readSettings(values: JsonObject, region: string) {
  const reader = ParameterReader.of(values);
  const role = readRegionRole(reader, region);
  const globalCache = reader.string('globalCache');
  const cacheReplication = reader.boolean('cacheReplication');
  if (globalCache && role.kind !== 'standby') {
    throw new InputError(
      'Only a standby follows another cache: choose role standby, or leave globalCache empty.',
    );
  }
  const capacity = {
    minimum: number(values, 'dbMinCapacity'),
    maximum: number(values, 'dbMaxCapacity'),
  };
  return {
    foundation: readFoundationSettings(reader),
    nodes: {
      onDemand: {
        ...readNodeCounts(reader, 'node'),
        instanceTypes: reader.strings('nodeInstanceTypes'),
      },
      spot: {
        ...readNodeCounts(reader, 'spot'),
        instanceTypes: reader.strings('spotInstanceTypes'),
      },
    },
    database: { ...readAuroraSettings(reader), capacity },
    rotation: readRotation(reader),
    cache: readCacheSettings(reader),
    role,
    cacheReplication,
    globalCache,
    routing: readRouting(reader, role),
    domain: readDomain(reader),
    cdn: reader.boolean('cdn'),
    requestLimit: reader.boolean('webFirewall')
      ? reader.integer('requestLimit')
      : undefined,
    backups: readBackups(reader),
  };
}

function number(values: JsonObject, name: string): number {
  const value = values[name];
  if (typeof value !== 'number') {
    throw new InputError(`Parameter "${name}" must be a number.`);
  }
  return value;
}
