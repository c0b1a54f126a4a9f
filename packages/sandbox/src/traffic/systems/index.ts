import { cloudNative } from './cloudNative';
import { enterprisePlatform } from './enterprisePlatform';
import { highWorkload } from './highWorkload';
import { microservicesPlatform } from './microservicesPlatform';
import { recordsService } from './recordsService';
import type { SystemSpec } from './types';

/** Traffic of the five systems of the seed documents. */
export const TRAFFIC: readonly SystemSpec[] = [
  highWorkload,
  cloudNative,
  recordsService,
  enterprisePlatform,
  microservicesPlatform,
];
