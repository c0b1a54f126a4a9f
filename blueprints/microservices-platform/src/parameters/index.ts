import { surroundingParameters } from '@slipway/blueprint-constructs/parameters';
import type { ParameterSchema } from '@slipway/plugin-infra-scaffolder-common';
import { clusterParameters } from './cluster';
import { databaseParameters } from './database';

/** Everything a person can choose. */
export const parameters: Record<string, ParameterSchema> = {
  ...clusterParameters,
  ...databaseParameters,
  ...surroundingParameters,
};
