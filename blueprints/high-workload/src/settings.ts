import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import {
  ParameterReader,
  readBackups,
  readDomain,
  readFoundationSettings,
  readNodeCounts,
  readPostgresSettings,
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
  const partnerRegion = reader.string('partnerRegion');
  if (role.kind === 'standby' && !partnerRegion) {
    throw new InputError(
      'The standby’s database is copied from another region: give partnerRegion, the primary’s.',
    );
  }
  return {
    foundation: readFoundationSettings(reader),
    nodes: {
      ...readNodeCounts(reader, 'node'),
      instanceTypes: reader.strings('nodeInstanceTypes'),
      capacityType: reader.oneOf('nodeCapacityType', ['ON_DEMAND', 'SPOT']),
    },
    database: readPostgresSettings(reader),
    rotation: readRotation(reader),
    documentTable: reader.boolean('documentTable'),
    bastion: reader.boolean('bastion'),
    role,
    partnerRegion,
    routing: readRouting(reader, role),
    domain: readDomain(reader),
    cdn: reader.boolean('cdn'),
    requestLimit: reader.boolean('webFirewall')
      ? reader.integer('requestLimit')
      : undefined,
    backups: readBackups(reader),
  };
}
