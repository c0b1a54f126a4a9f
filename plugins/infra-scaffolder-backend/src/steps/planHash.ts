import { createHash } from 'node:crypto';
import type { JsonObject } from '@backstage/types';
import type { Operation } from '@slipway/plugin-infra-scaffolder-common';
import type { PlannedArtifact } from '@slipway/plugin-infra-scaffolder-node';
import { canonicalJson } from '../services/canonicalJson';

/** What a person confirms: if any of it were different, so would be the hash. 64 hexadecimal characters. */
export function planHash(subject: {
  operation: Operation;
  environmentId: string;
  artifact: PlannedArtifact;
  basis: JsonObject;
}): string {
  return createHash('sha256').update(canonicalJson(subject)).digest('hex');
}
