import type { JsonObject } from '@backstage/types';
import {
  ParameterReader,
  readAuroraSettings,
  readBackups,
  readCacheSettings,
  readDomain,
  readFoundationSettings,
  readNodeCounts,
} from '@slipway/blueprint-constructs';

/** The parameters by type; `parameters.ts` says what each means. */
export type Settings = ReturnType<typeof readSettings>;

/** @throws InputError if one is missing, of another type, or does not go with another. */
export function readSettings(values: JsonObject) {
  const reader = ParameterReader.of(values);
  return {
    foundation: readFoundationSettings(reader),
    nodes: {
      ...readNodeCounts(reader, 'node'),
      instanceTypes: reader.strings('nodeInstanceTypes'),
      capacityType: reader.oneOf('nodeCapacityType', ['ON_DEMAND', 'SPOT']),
    },
    database: {
      ...readAuroraSettings(reader),
      capacity: reader.string('dbInstanceClass'),
    },
    cache: readCacheSettings(reader),
    networkAcls: reader.boolean('networkAcls'),
    onlyCloudflare: reader.boolean('onlyCloudflare'),
    domain: readDomain(reader),
    backups: readBackups(reader),
    accessAnalyzer: reader.boolean('accessAnalyzer'),
  };
}
