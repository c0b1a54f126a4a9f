import type { SystemFootprint } from '../types';
import { cloudNative } from './cloudNative';
import { enterprisePlatform } from './enterprisePlatform';
import { highWorkload } from './highWorkload';
import { microservicesPlatform } from './microservicesPlatform';
import { recordsService } from './recordsService';

/** The five systems of the seed documents. */
export const SYSTEMS: readonly SystemFootprint[] = [
  highWorkload,
  cloudNative,
  recordsService,
  enterprisePlatform,
  microservicesPlatform,
];
