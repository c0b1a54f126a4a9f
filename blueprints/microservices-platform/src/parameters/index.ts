import type { ParameterSchema } from '@slipway/plugin-infra-scaffolder-common';
import { clusterParameters } from './cluster';
import { databaseParameters } from './database';
import { surroundingParameters } from './surroundings';

/** Everything a person can choose. */
export const parameters: Record<string, ParameterSchema> = {
  ...clusterParameters,
  ...databaseParameters,
  ...surroundingParameters,
};
